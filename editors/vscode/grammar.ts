// The TextMate grammars that colour formulas. The names of operations, the operators and the functions that take formulas are read from the
// tables and from the package's own exports, so that a new row is coloured without another list.
import * as face from "../../src/index.ts"
import { precedence } from "../../src/operations/operation.ts"
import { operations } from "../../src/operations/table.ts"

/** A rule of a TextMate grammar. */
interface Rule {
  readonly include?: string
  readonly name?: string
  readonly contentName?: string
  readonly match?: string
  readonly begin?: string
  readonly end?: string
  readonly captures?: Captures
  readonly beginCaptures?: Captures
  readonly endCaptures?: Captures
  readonly patterns?: readonly Rule[]
}
type Captures = Readonly<Record<string, Rule>>

export interface Grammar {
  readonly scopeName: string
  /** Of the grammars of TypeScript and JavaScript, into which it is injected; none for one that others include. */
  readonly injectionSelector?: string
  readonly patterns: readonly Rule[]
  readonly repository?: Readonly<Record<string, Rule>>
}

/** The scopes of TypeScript's and JavaScript's grammars in VS Code. */
export const hosts = ["source.ts", "source.tsx", "source.js", "source.js.jsx"]

const quote = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
/** One of these texts; longer ones first, for the first that fits is taken. */
const anyOf = (texts: readonly string[]) =>
  `(?:${[...texts]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map(quote)
    .join("|")})`

const category = "(?:Vi|Vj|Pm)"
const type: Rule = { name: "support.type.category.tskeops" }
const number: Rule = { name: "constant.numeric.tskeops" }
const variable: Rule = { name: "variable.other.readwrite.tskeops" }
const punctuation: Rule = { name: "punctuation.section.parens.tskeops" }

/** A category with its dimension, `Vi(3)`. */
const declaration: Rule = {
  match: `\\b(${category})\\s*(\\()\\s*([\\d\\s,]*)(\\))`,
  captures: { 1: type, 2: punctuation, 3: { patterns: [{ match: "\\d+", ...number }] }, 4: punctuation },
}

/** `$<x>`, `$<this.x>`, `$<x:Vi(3)>`. It must end in its line, so that what is half written colours nothing else. */
const reference: Rule = {
  name: "meta.reference.tskeops",
  begin: "\\$<(?=[^>`]*>)",
  end: ">",
  beginCaptures: { 0: { name: "punctuation.definition.variable.begin.tskeops" } },
  endCaptures: { 0: { name: "punctuation.definition.variable.end.tskeops" } },
  patterns: [
    declaration,
    { match: "\\bthis\\b", name: "variable.language.this.tskeops" },
    { match: "[\\p{L}_$][\\p{L}\\p{N}_$]*", ...variable },
    { match: "\\d+", ...number },
    { match: ":", name: "punctuation.separator.type.tskeops" },
    { match: "\\??\\.|[\\[\\]]", name: "punctuation.accessor.tskeops" },
  ],
}

/** What a formula's text is made of, in the order in which the rules are tried. */
const formula: readonly Rule[] = [
  reference,
  // An alias is a whole text of its own: "x = Vi(3)".
  {
    match: `\\b([A-Za-z_]\\w*)\\s*(=)\\s*(?=${category}\\b)`,
    captures: { 1: variable, 2: { name: "keyword.operator.assignment.tskeops" } },
  },
  declaration,
  { match: `\\b${anyOf([...Object.keys(operations), "Var"])}(?=\\s*\\()`, name: "support.function.operation.tskeops" },
  { match: "\\b[A-Za-z_]\\w*(?=\\s*\\()", name: "entity.name.function.operation.tskeops" },
  { match: "\\b\\d+(?:\\.\\d+)?(?:e-?\\d+)?\\b", ...number },
  { match: "\\b[A-Za-z_]\\w*\\b", ...variable },
  { match: anyOf(Object.keys(precedence)), name: "keyword.operator.tskeops" },
  { match: ",", name: "punctuation.separator.tskeops" },
  { match: "[()]", ...punctuation },
  { match: "[\\[\\]]", name: "punctuation.section.brackets.tskeops" },
  { match: "\\\\.", name: "constant.character.escape.tskeops" },
]

/** What the text of a formula is called, whatever stands around it; it is code, and no text to be spelled. */
const contentName = "meta.embedded.formula.tskeops"
const quotes = { '"': "quoted.double", "'": "quoted.single", "`": "template" }
const edge = (kind: string, which: "begin" | "end"): Rule => ({ name: `string.${kind}.ts punctuation.definition.string.${which}.ts` })

/** A formula in quotes. A string ends with its line, a template goes on. */
const texts: readonly Rule[] = Object.entries(quotes).map(([mark, kind]) => ({
  begin: mark,
  end: mark === "`" ? mark : `${mark}|$`,
  beginCaptures: { 0: edge(kind, "begin") },
  endCaptures: { 0: edge(kind, "end") },
  contentName,
  patterns: mark === "`" ? [{ include: "source.ts#template-substitution-element" }, { include: "#formula" }] : [{ include: "#formula" }],
}))

/** `a.b.` before a function's name. What comes after another expression is left to TypeScript's grammar, which is within a rule of its own then. */
const owner = "(?<![\\w$.])((?:[\\w$]+\\s*\\.\\s*)*)"
const owned: Rule = {
  patterns: [
    { match: "[\\w$]+", name: "variable.other.object.ts" },
    { match: "\\.", name: "punctuation.accessor.ts" },
  ],
}

const tag: Rule = {
  ...texts.find(({ begin }) => begin === "`")!,
  begin: `${owner}(keops)\\s*(\`)`,
  beginCaptures: { 1: owned, 2: { name: "entity.name.function.tagged-template.ts" }, 3: edge(quotes["`"], "begin") },
}

const call: Rule = {
  name: "meta.formula-call.tskeops",
  begin: `${owner}(${anyOf(Object.keys(face).filter((name) => /^(keops|genred|defineOperation|generic\w+)$/.test(name)))})\\s*(\\()`,
  end: "\\)",
  beginCaptures: { 1: owned, 2: { name: "entity.name.function.ts" }, 3: { name: "meta.brace.round.ts" } },
  endCaptures: { 0: { name: "meta.brace.round.ts" } },
  patterns: [
    ...texts,
    // The pieces of the call form, and the aliases of genred. The spaces belong to it as they do in TypeScript's grammar, which would be first.
    {
      begin: "\\s*(\\[)",
      end: "\\]",
      beginCaptures: { 1: { name: "meta.brace.square.ts" } },
      endCaptures: { 0: { name: "meta.brace.square.ts" } },
      patterns: [...texts, { include: "source.ts#expression" }, { include: "source.ts#punctuation-comma" }],
    },
    { include: "source.ts#expression" },
    { include: "source.ts#punctuation-comma" },
  ],
}

const repository = { formula: { patterns: formula } }
const key = { 1: { name: "meta.object-literal.key.ts" }, 2: { name: "punctuation.separator.key-value.ts" } }

/** One grammar for each place where formulas are, by the name of its file. */
export const grammars: Readonly<Record<string, Grammar>> = {
  "formulas.tmLanguage.json": {
    scopeName: "tskeops.formulas",
    // Neither in texts nor in comments, but in what stands in `${…}` of a text.
    injectionSelector: "L:source -string -comment -meta.embedded.formula, L:meta.template.expression -string.quoted -comment",
    patterns: [tag, call],
    repository,
  },
  // Some options of these calls are formulas, too.
  "options.tmLanguage.json": {
    scopeName: "tskeops.options",
    injectionSelector: "L:meta.formula-call.tskeops meta.objectliteral -string -comment",
    patterns: [
      { begin: "(?<![\\w$.])(weight|means|scalar)\\s*(:)\\s*(?=[\"'`])", end: "(?<=[\"'`])|$", beginCaptures: key, patterns: texts },
      {
        begin: "(?<![\\w$.])(gradient)\\s*(:)\\s*(?={)",
        end: "(?<=})",
        beginCaptures: key,
        patterns: [
          {
            begin: "{",
            end: "}",
            captures: { 0: { name: "punctuation.definition.block.ts" } },
            patterns: [
              { match: "([\\w$]+)\\s*(:)", captures: key },
              ...texts,
              { include: "source.ts#expression" },
              { include: "source.ts#punctuation-comma" },
            ],
          },
        ],
      },
    ],
    repository,
  },
}
