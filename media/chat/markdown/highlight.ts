/** Colours code. The languages are those that people ask about most; any other is shown plain rather than guessed at. */
import highlighter from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import dart from 'highlight.js/lib/languages/dart';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import elixir from 'highlight.js/lib/languages/elixir';
import go from 'highlight.js/lib/languages/go';
import haskell from 'highlight.js/lib/languages/haskell';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import lua from 'highlight.js/lib/languages/lua';
import makefile from 'highlight.js/lib/languages/makefile';
import markdown from 'highlight.js/lib/languages/markdown';
import perl from 'highlight.js/lib/languages/perl';
import php from 'highlight.js/lib/languages/php';
import powershell from 'highlight.js/lib/languages/powershell';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import scala from 'highlight.js/lib/languages/scala';
import scss from 'highlight.js/lib/languages/scss';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { escaped, linesOf } from './tokens';

const common = { bash, c, cpp, csharp, css, diff, go, java, javascript, json, kotlin, php, python, ruby, rust, sql };
const further = { dart, dockerfile, elixir, haskell, ini, lua, makefile, markdown, perl, powershell, r, scala, scss };
const rest = { shell, swift, typescript, xml, yaml };
for (const [name, language] of Object.entries({ ...common, ...further, ...rest }))
  highlighter.registerLanguage(name, language);
highlighter.registerAliases(['vue', 'svelte', 'astro'], { languageName: 'xml' });

/** In characters: beyond these, colours cost more than they are worth. */
const MOST = 150_000;
const LONGEST_LINE = 4_000;

/** Markup of spans and escaped text, one string a line. */
export function highlighted(code: string, language: string): readonly string[] {
  if (!isKnown(language) || code.length > MOST || hasLongLine(code)) return plain(code);
  return linesOf(highlighter.highlight(code, { language, ignoreIllegals: true }).value);
}

export function plain(code: string): readonly string[] {
  return escaped(code).split('\n');
}

export function isKnown(language: string): boolean {
  return language !== '' && highlighter.getLanguage(language) !== undefined;
}

function hasLongLine(code: string): boolean {
  for (let start = 0; start < code.length; ) {
    const end = code.indexOf('\n', start);
    if ((end < 0 ? code.length : end) - start > LONGEST_LINE) return true;
    if (end < 0) return false;
    start = end + 1;
  }
  return false;
}
