/** What the checks must know of each language beyond its grammar. */

export interface Language {
  /** The name of the grammar's file, without `tree-sitter-` before it. */
  readonly grammar: string;
  /** Nodes that open with a token of their own and hold statements, declarations, members or elements. */
  readonly blocks: readonly string[];
  /** Nodes that hold them and begin with the first one. */
  readonly bodies: readonly string[];
  /** A block is opened by a line and held together by its indentation alone. */
  readonly indented?: true;
  /** The quotes of strings that go over lines: a text is not cut between two of them. */
  readonly longQuote?: RegExp;
  /** Lines that open, or close, a block in which nothing is indented. */
  readonly unindented?: RegExp;
  /** The line that opens a block in which nearly everything may stand that is indented in a file; `}` closes it. */
  readonly outermost?: string;
  /** What a text that begins in the middle of a file needs before it to be read as code. */
  readonly openTag?: string;
}

const script = {
  blocks: names(
    'statement_block class_body class_static_block switch_body switch_case switch_default interface_body object_type',
    'jsx_element jsx_fragment',
  ),
  bodies: names('program'),
  longQuote: /`/g,
  outermost: 'class X {',
};
const typescript: Language = { ...script, grammar: 'typescript' };
const tsx: Language = { ...script, grammar: 'tsx' };
const javascript: Language = { ...script, grammar: 'javascript' };

const python: Language = {
  grammar: 'python',
  blocks: [],
  bodies: names('module block'),
  indented: true,
  longQuote: /"""|'''/g,
};

const go: Language = {
  grammar: 'go',
  blocks: names(
    'block expression_case type_case communication_case default_case',
    'expression_switch_statement type_switch_statement select_statement interface_type field_declaration_list',
    'const_declaration type_declaration var_spec_list import_spec_list',
  ),
  bodies: names('source_file statement_list'),
  longQuote: /`/g,
  outermost: 'func x() {',
};

const rust: Language = {
  grammar: 'rust',
  blocks: names('block declaration_list'),
  bodies: names('source_file'),
};

const java: Language = {
  grammar: 'java',
  blocks: names(
    'block class_body interface_body annotation_type_body enum_body_declarations constructor_body',
    'switch_block switch_block_statement_group',
  ),
  bodies: names('program'),
  longQuote: /"""/g,
};

const csharp: Language = {
  grammar: 'c-sharp',
  blocks: names('block declaration_list accessor_list switch_body switch_section'),
  bodies: names('compilation_unit'),
};

/** Serves C as well. */
const cpp: Language = {
  grammar: 'cpp',
  blocks: names(
    'compound_statement declaration_list field_declaration_list case_statement',
    'preproc_if preproc_ifdef preproc_else preproc_elif',
  ),
  bodies: names('translation_unit'),
  unindented: /^(?:(?:inline )?namespace\b[^;{}\n]*|extern "C" )\{[ \t]*$|^\}.*\b(?:namespace|extern)\b.*$/gm,
};

const ruby: Language = {
  grammar: 'ruby',
  blocks: names('do do_block block begin else ensure case when'),
  bodies: names('program body_statement block_body then'),
};

const php: Language = {
  grammar: 'php',
  blocks: names(
    'compound_statement declaration_list enum_declaration_list colon_block',
    'switch_block case_statement default_statement',
  ),
  bodies: names('program'),
  openTag: '<?php',
  outermost: 'class X {',
};

const bash: Language = {
  grammar: 'bash',
  blocks: names(
    'compound_statement subshell do_group if_statement elif_clause else_clause case_statement case_item',
    'command_substitution',
  ),
  bodies: names('program'),
};

const byId: Readonly<Record<string, Language>> = {
  c: cpp,
  cpp,
  csharp,
  go,
  java,
  javascript,
  javascriptreact: javascript,
  php,
  python,
  ruby,
  rust,
  shellscript: bash,
  typescript,
  typescriptreact: tsx,
};

/** The language of an editor's language id; undefined where no grammar is packaged. */
export function languageOf(languageId: string): Language | undefined {
  return Object.hasOwn(byId, languageId) ? byId[languageId] : undefined;
}

function names(...lines: readonly string[]): readonly string[] {
  return lines.join(' ').split(' ');
}
