// Texts of random formulas, valid and invalid: types and transformer must agree with the parser on each.
import { join } from "node:path"
import ts from "typescript"
import { derive } from "../../src/calculus/derive.ts"
import { FormulaError } from "../../src/formula/error.ts"
import { parse } from "../../src/formula/parser/parse.ts"
import { definition } from "../../src/formula/user-definition.ts"
import { ownRows } from "../../src/formula/user-operations.ts"
import { transformProgram } from "../../transformer/index.ts"
import { programs } from "../support/program.ts"
import { evaluate } from "../types/evaluate.ts"
import type { Wrong } from "./check.ts"
import { aliases } from "./data.ts"
import { dims, variables } from "./formulas.ts"
import type { Mine } from "./trees.ts"

export interface Asked {
  readonly text: string
  /** A user-defined operation that it may use. */
  readonly mine?: Mine
}

/** The result of the parser: a dimension, or the sentence. */
function told({ text, mine }: Asked, known: Readonly<Record<string, number>> = dims): string {
  return sentenceOf(() => String(parse(text, known, rowsOf(mine)).dim))
}
const rowsOf = (mine?: Mine) => ownRows(mine && [mine.definition])

function sentenceOf(make: () => string): string {
  try {
    return make()
  } catch (error) {
    if (error instanceof FormulaError) return error.message
    throw error
  }
}

const head = [
  'import type { Fast } from "../../src/formula/dimensions/fast-path.ts"',
  'import type { Parse } from "../../src/formula/parser/parse.ts"',
  `type Dims = { ${Object.entries(dims)
    .map(([name, dim]) => `${name}: "${dim}"`)
    .join("; ")} }`,
].join("\n")
const quoted = (text: string) => JSON.stringify(text)

/** The types say of each text what the parser says: a dimension or a sentence, by the fast path as well where that answers. */
export function typed(asked: readonly Asked[]): Wrong[] {
  const expressions = asked.map(({ text, mine }) => {
    const known = mine ? `Dims & { ${quoted(`${mine.definition.name}(`)}: ${quoted(definition(mine.definition))} }` : "Dims"
    return `[Fast<${quoted(text)}, ${known}>, Parse<${quoted(text)}, ${known}>]`
  })
  return evaluate(head, expressions).flatMap((pair, n) => {
    const [fast, slow] = pair as readonly [string | 0, string]
    const { text } = asked[n]!
    const right = told(asked[n]!)
    const wrong = slow === right ? [] : [`${text}: types say "${slow}", the parser "${right}"`]
    return fast === 0 || fast === right ? wrong : [...wrong, `${text}: the fast path says "${fast}", the parser "${right}"`]
  })
}

const root = join(import.meta.dirname, "../..")
const file = join(import.meta.dirname, "transformed.ts")
const programOf = programs({ types: ["node"], paths: { tskeops: [join(root, "src/index.ts")] } })

const isWord = new RegExp(`(?<![\\w$])(${Object.keys(variables).join("|")})(?!\\w)`, "g")
/** A call of the public API with the text, and the variables and the operation that it declares. */
interface Call {
  readonly source: string
  readonly known: Readonly<Record<string, number>>
  readonly mine?: Mine
}
/** The tag, with the variables of the text as terms, and the operation, if it is called. */
function tag({ text, mine }: Asked, n: number): Call {
  const known = Object.fromEntries((text.match(isWord) ?? []).map((name) => [name, dims[name]!]))
  const written = text.replace(isWord, "$<$1>")
  const own = mine && new RegExp(`(?<![\\w$])${mine.definition.name}(?!\\w)`, "g")
  if (!own || written.search(own) < 0) return { source: `keops\`${written}\``, known }
  return { source: `keops\`${written.replace(own, `$<own${n}>`)}\``, known, mine }
}
/** The call that lists all variables. */
const listed = ({ text }: Asked): Call => ({
  source: `genred(${quoted(text)}, ${JSON.stringify(aliases)}, { reduction: "Sum" })`,
  known: dims,
})

/** What the transformer reports of each text: the parser's sentence where there is one, or what the calculus says; else nothing. */
export function transformed(asked: readonly Asked[]): Wrong[] {
  const lines = [
    'import { defineOperation, genred, keops, Pm, Vi, Vj } from "tskeops"',
    ...Object.entries(variables).map(([name, [category, dim]]) => `const ${name} = ${category}("${name}", ${dim})`),
  ]
  const expected = new Map<number, { readonly text: string; readonly sentence: string | undefined }>()
  for (const [n, one] of asked.entries()) {
    const { text } = one
    const isRight = /^\d+$/.test(told(one))
    // a kernel for each right text would take long, and other checks make them
    const { source, known, mine } = isRight || n % 2 === 0 || one.mine ? tag(one, n) : listed(one)
    const answer = sentenceOf(() => {
      derive(parse(text, known, rowsOf(mine)), text)
      return ""
    })
    if (mine) lines.push(`const own${n} = defineOperation(${JSON.stringify(mine.definition)})`)
    expected.set(lines.length, { text, sentence: answer === "" ? undefined : answer })
    lines.push(`export const call${n} = ${source}`)
  }
  const found = new Map<number, string[]>()
  for (const { line, message } of diagnostics(`${lines.join("\n")}\n`)) found.set(line, [...(found.get(line) ?? []), message])
  return [...new Set([...expected.keys(), ...found.keys()])].flatMap((line) => {
    const { text, sentence } = expected.get(line) ?? { text: lines[line]!, sentence: undefined }
    const said = found.get(line) ?? []
    const right = sentence === undefined ? [] : [sentence]
    return said.join("\n") === right.join("\n")
      ? []
      : [`${text}: the transformer says ${quoted(said.join("; "))}, the parser ${quoted(right.join("; "))}`]
  })
}

/** The diagnostics of a program of one file, through the transformer's entry. */
function diagnostics(source: string): { readonly line: number; readonly message: string }[] {
  const made = programOf(file, source)
  const program = transformProgram(made.program, made.host, {}, { ts })
  const tree = program.getSourceFile(file)!
  return [...program.getSyntacticDiagnostics(tree), ...program.getSemanticDiagnostics(tree)].map(({ start, messageText }) => ({
    line: tree.getLineAndCharacterOfPosition(start!).line,
    // below the sentence is a link
    message: typeof messageText === "string" ? messageText : messageText.messageText,
  }))
}
