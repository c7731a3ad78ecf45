// What others made and what lies compiled in the engine's binaries and in the grammars, where no package.json tells of it. Each copyright is the line
// of the licence file, or of the source file, in its own repository.

/** All of these but the last are under this one. */
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the
following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** Compiled into the engine's binaries; the second and third into libllama-common. */
const NATIVE = [
  ['llama.cpp and ggml', 'Copyright (c) 2023-2026 The ggml authors'],
  ['cpp-httplib (never called)', 'Copyright (c) 2017 yhirose'],
  ['nlohmann/json', 'Copyright (c) 2013-2026 Niels Lohmann'],
  ["llamafile's matrix multiplication, in ggml", 'Copyright 2024 Mozilla Foundation'],
  ['YaRN, in ggml', 'Copyright (c) 2023 Jeffrey Quesnelle and Bowen Peng'],
  ['node-addon-api', 'Copyright (c) 2017 Node.js API collaborators'],
];

/** The grammars in dist/grammars and the parser, compiled to WebAssembly in @vscode/tree-sitter-wasm, and what the compiler adds. */
const GRAMMARS = [
  ['tree-sitter', 'Copyright (c) 2018-2024 Max Brunsfeld'],
  ['tree-sitter-bash', 'Copyright (c) 2017 Max Brunsfeld'],
  ['tree-sitter-c-sharp', 'Copyright (c) 2014-2023 Max Brunsfeld, Damien Guard, Amaan Qureshi, and contributors.'],
  ['tree-sitter-cpp', 'Copyright (c) 2014 Max Brunsfeld'],
  ['tree-sitter-go', 'Copyright (c) 2014 Max Brunsfeld'],
  ['tree-sitter-java', 'Copyright (c) 2017 Ayman Nadeem'],
  ['tree-sitter-javascript', 'Copyright (c) 2014 Max Brunsfeld'],
  [
    'tree-sitter-php',
    'Copyright (c) 2017 Josh Vera, GitHub\nCopyright (c) 2019 Max Brunsfeld, Amaan Qureshi, Christian Frøystad, Caleb White',
  ],
  ['tree-sitter-python', 'Copyright (c) 2016 Max Brunsfeld'],
  ['tree-sitter-ruby', 'Copyright (c) 2016 Rob Rix'],
  ['tree-sitter-rust', 'Copyright (c) 2017 Maxim Sokolov'],
  ['tree-sitter-typescript', 'Copyright (c) 2017 Max Brunsfeld'],
  ['Emscripten', 'Copyright (c) 2010-2014 Emscripten authors'],
  ['musl', 'Copyright © 2005-2020 Rich Felker, et al.'],
];

/** Of what the parser has to read UTF-8 and UTF-16. */
const ICU = `COPYRIGHT AND PERMISSION NOTICE (ICU 58 and later)

Copyright © 1991-2019 Unicode, Inc. All rights reserved.
Distributed under the Terms of Use in https://www.unicode.org/copyright.html.

Permission is hereby granted, free of charge, to any person obtaining a copy of the Unicode data files and any associated documentation (the
"Data Files") or Unicode software and any associated documentation (the "Software") to deal in the Data Files or Software without
restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, and/or sell copies of the Data Files
or Software, and to permit persons to whom the Data Files or Software are furnished to do so, provided that either (a) this copyright and
permission notice appear with all copies of the Data Files or Software, or (b) this copyright and permission notice appear in associated
Documentation.

THE DATA FILES AND SOFTWARE ARE PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT OF THIRD PARTY RIGHTS. IN NO EVENT SHALL THE COPYRIGHT
HOLDER OR HOLDERS INCLUDED IN THIS NOTICE BE LIABLE FOR ANY CLAIM, OR ANY SPECIAL INDIRECT OR CONSEQUENTIAL DAMAGES, OR ANY DAMAGES
WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT
OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THE DATA FILES OR SOFTWARE.

Except as contained in this notice, the name of a copyright holder shall not be used in advertising or otherwise to promote the sale, use or
other dealings in these Data Files or Software without prior written authorization of the copyright holder.`;

/** The sections of the notices. */
export const compiled = [
  `${[...NATIVE, ...GRAMMARS].map(([name, copyright]) => `${name}, MIT\n\n${copyright}`).join('\n\n')}\n\n${MIT}\n`,
  `ICU, in tree-sitter, Unicode-DFS-2016\n\n${ICU}\n`,
];
