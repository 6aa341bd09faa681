// The page docs/language.md, written from the tables: the grammar, every operation, every reduction. What the types infer of its examples
// is asked of the compiler.
import * as limits from "../../src/formula/limits.ts"
import { type CallNode, literalValue, type Node } from "../../src/formula/node.ts"
import { parse } from "../../src/formula/parser/parse.ts"
import { calculus } from "../../src/operations/calculus.ts"
import { complex } from "../../src/operations/complex.ts"
import { elementwise } from "../../src/operations/elementwise.ts"
import { foreignOperands, foreignOperators } from "../../src/operations/foreign.ts"
import { type Literal, type Operation, precedence, unaryMinusPrecedence } from "../../src/operations/operation.ts"
import { rewrites } from "../../src/operations/rewrites.ts"
import { type DimensionRule, integerArguments, listArguments, ownShapes, type ShapeRow, shapes } from "../../src/operations/shapes.ts"
import { special } from "../../src/operations/special.ts"
import { operations } from "../../src/operations/table.ts"
import { vector } from "../../src/operations/vector.ts"
import { docs } from "../../src/reductions/docs.ts"
import { type GradientRow, gradients, withoutGradient } from "../../src/reductions/gradients.ts"
import { method, type ReductionRow, reductions } from "../../src/reductions/reductions.ts"
import { derivedSamples, samples } from "../support/samples.ts"
import { evaluate } from "../types/evaluate.ts"

const aliases = { x: "Vi(3)", y: "Vj(3)", s: "Vi(1)", t: "Pm(1)", A: "Vj(6)", W: "Pm(9)" } as const
const dims = Object.fromEntries(Object.entries(aliases).map(([name, text]) => [name, Number(/\d+/.exec(text)![0])]))

type Entry = readonly [name: string, row: Operation]
const entries = Object.entries(operations) as Entry[]
const examples: Readonly<Record<string, readonly string[]>> = { ...Object.fromEntries(samples(3)), ...derivedSamples }
const example = (name: string): string => {
  const [text] = examples[name] ?? []
  if (text === undefined) throw new Error(`test/support/samples.ts has no formula for ${name}`)
  return text
}

const titles: readonly (readonly [title: string, members: object])[] = [
  ["Arithmetic, comparisons and functions of each component", elementwise],
  ["Trigonometric and special functions of each component", special],
  ["Vectors, matrices and constants", vector],
  ["Complex numbers", complex],
  ["Calculus", calculus],
]

/** The operations in groups, each with its title; the last has those that no other has. */
export function groups(): readonly (readonly [title: string, members: readonly Entry[]])[] {
  const listed = new Set(titles.flatMap(([, members]) => Object.keys(members)))
  const more = entries.filter(([name]) => !listed.has(name))
  const all = titles.map(([title, members]) => [title, entries.filter(([name]) => name in members)] as const)
  return [...all, ["More", more] as const].filter(([, members]) => members.length > 0)
}

/** A dimension rule in words, in the names of these arguments. */
export function dimensionRule(name: DimensionRule, args: readonly string[] = shapes[name].args): string {
  const row: ShapeRow = shapes[name]
  const names = new RegExp(`\\b(${row.args.join("|")})\\b(?!\\()`, "g")
  const text = row.rule === undefined ? row.result : `${row.result}; ${row.rule}`
  return text.replaceAll(names, (arg) => args[row.args.indexOf(arg)] ?? arg)
}

/** The rules that `defineOperation` accepts. */
export function userRules(): string {
  const rows = ownShapes.map((name) => {
    const row: ShapeRow = shapes[name]
    const by = !row.elementwise ? code("means") : row.integers ? code("scalar") : `${code("means")} or ${code("scalar")}`
    return `| ${code(name)} | ${row.args.map(code).join(", ")} | ${row.result} | ${row.rule ?? ""} | ${by} |`
  })
  return [
    "| `shape` | arguments | dimension of the result | what must hold | defined by |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n")
}

const cell = (text: string) => text.replaceAll("|", "\\|")
const code = (text: string) => `\`${text}\``

/** How a row is written with an operator, if it can be. */
function written({ operator, power, prefix }: Operation): string {
  if (power !== undefined) return typeof power === "number" ? code(`f ** ${power}`) : power === "integer" ? code("f ** n") : code("f ** g")
  if (prefix !== undefined) return code(`${prefix}f`)
  return operator ? [operator.text, operator.mirror].flatMap((text) => (text ? code(`f ${text} g`) : [])).join(", ") : ""
}

/**
 * What a function of the table returns for the dimensions of the example. In words, like d(f) instead of 3, if they only fill in the blanks: if
 * the function called with words returns the same text once these are replaced by the numbers.
 */
function asked<T>(name: string, row: Operation, ask: (...dims: readonly Literal[]) => T): readonly [answer: T, note: string] {
  const integers = integerArguments[row.shape] ?? []
  const numbers = callOf(name, parse(example(name), dims))!.args.map((arg, n) => (integers.includes(n) ? literalValue(arg) : arg.dim))
  const answer = ask(...numbers)
  if (row.shape in listArguments) return [answer, " (in the example)"]
  const words = row.args.map((arg, n) => (integers.includes(n) ? `<${arg}>` : `<d(${arg})>`))
  const inWords = ask(...(words as unknown as number[]))
  const filled = words.reduce((text, word, n) => text.replaceAll(word, `${numbers[n]}`), JSON.stringify(inWords ?? null))
  if (filled !== JSON.stringify(answer ?? null)) return [answer, " (in the example)"]
  return [inWords === undefined ? answer : JSON.parse(JSON.stringify(inWords).replaceAll(/<(d\(\w+\)|\w+)>/g, "$1")), ""]
}

/** The first call of an operation in a tree. */
function callOf(name: string, node: Node): CallNode | undefined {
  if (node.kind !== "call") return undefined
  return node.name === name ? node : node.args.map((arg) => callOf(name, arg)).find((found) => found !== undefined)
}

function gradientOf([name, row]: Entry): string {
  if (row.derive) return "of its expansion"
  const { gradient } = row
  if (gradient === null) return "none"
  if (gradient === undefined) return row.means === undefined ? "0" : "of what it means"
  const [formulas, note] = typeof gradient === "function" ? asked(name, row, gradient) : [gradient, ""]
  const parts = Object.entries(formulas).map(([arg, text]) => `${arg} ← ${text === null ? "none" : code(text)}`)
  return parts.length === 0 ? "0" : parts.join("; ") + note
}

function meaningOf([name, row]: Entry): string {
  if (row.means === undefined) return row.doc
  const [text, note] = typeof row.means === "function" ? asked(name, row, row.means) : [row.means, ""]
  return text === undefined || row.doc.startsWith(text) ? row.doc : `${row.doc} Means ${code(text)}${note}.`
}

/** What the types infer: dimension and category of each example. */
function inferred(texts: readonly string[]): readonly string[] {
  const head = 'import type { Formula } from "../../src/keops/formula.ts"'
  const types = texts.map((text) => {
    const used = Object.entries(aliases).filter(([name]) => new RegExp(`\\b${name}\\b`).test(text))
    const union = used.map(([name, alias]) => JSON.stringify(`${name} = ${alias}`)).join(" | ") || "never"
    const formula = `Formula<${JSON.stringify(text)}, ${union}>`
    return `[${formula}["dim"], ${formula}["category"]]`
  })
  return evaluate(head, types).map((pair) => {
    const [dim, category] = pair as readonly [number, string]
    return `dim ${dim}, "${category}"`
  })
}

/** How an operation is called, and the operators that stand for it. */
export function formsOf([name, row]: Entry): string {
  const optional = row.args.length - (row.optional ?? 0)
  const args = row.args.map((arg, n) => (n < optional ? arg : `${arg}?`)).join(", ")
  return [code(`${name}(${args})`), written(row)].filter((text) => text !== "").join(", ")
}

function operationTable(title: string, members: readonly Entry[], types: ReadonlyMap<string, string>): string {
  const rows = members.map((entry) => {
    const [name, row] = entry
    const cells = [
      formsOf(entry),
      dimensionRule(row.shape, row.args),
      meaningOf(entry),
      gradientOf(entry),
      `${code(example(name))}: ${code(types.get(name)!)}`,
    ]
    return `| ${cells.map(cell).join(" | ")} |`
  })
  return `### ${title}\n\n| operation | dimension | meaning | gradient | example |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}\n`
}

function precedenceTable(): string {
  const levels = new Map<number, string[]>([[unaryMinusPrecedence, ["-f"]]])
  for (const [text, level] of Object.entries(precedence)) levels.set(level, [...(levels.get(level) ?? []), text])
  const rows = [...levels].sort(([a], [b]) => b - a).map(([, texts]) => `| ${texts.map((text) => cell(code(text))).join(" ")} |`)
  return `| operators, the tightest first |\n| --- |\n${rows.join("\n")}`
}

export function methodOf(name: string, { ranked, weight }: ReductionRow): string {
  const called = method(name)
  if (weight?.needed) return code(`.${called}(weight)`)
  return code(`.${called}(${ranked ? "K" : ""})`) + (weight ? ` or ${code(`.${called}({ weight })`)}` : "")
}

/** What f receives in the gradient of a reduction, from the cotangent e of its output. */
function received(name: string): string {
  const row = (gradients as Readonly<Record<string, GradientRow>>)[name]
  if (!row)
    return withoutGradient[name as keyof typeof withoutGradient] === "index" ? "none: an index is piecewise constant" : "not implemented"
  return row.gather ? `${code(row.f)} for the winner` : code(row.f)
}

function reductionRows(): string {
  const gives = { values: "values", indices: "indices", both: "values, indices" }
  return Object.entries<ReductionRow>(reductions)
    .map(
      ([name, row]) =>
        `| ${[code(name), methodOf(name, row), gives[row.outputs], docs[name as keyof typeof docs], received(name)].map(cell).join(" | ")} |`,
    )
    .join("\n")
}

/** What each limit is on. */
const limited: Readonly<Record<keyof typeof limits, string>> = {
  dimension:
    "components of a variable and of any value within a formula, and numbers in a row of output (K times the dimension); exponents of `Pow`",
  entries: "K of a ranked reduction",
  variables: "variables of a formula",
  length: "characters of a formula",
  depth: "nested operations, elementwise operations and operators not counted",
  operations: "operations of a formula after derivatives are taken and loops unrolled",
  derivation: "steps of taking derivatives",
  steps: "steps of lowering",
  work: "operations for one pair of rows, loops counted",
  memory: "bytes that eight rows take on the CPU, states and scratch",
  registers: "numbers that a kernel on the CPU keeps at once, times eight",
}
export const limitRows = () => {
  const most: Readonly<Record<string, number>> = { ...limits }
  return Object.entries(limited)
    .map(([name, what]) => `| ${what} | ${most[name]!.toLocaleString("en")} |`)
    .join("\n")
}

/** The remedies of foreign spellings, each with the spellings that it answers. */
export function foreignRemedies(): ReadonlyMap<string, readonly string[]> {
  const spellings = new Map<string, string[]>()
  for (const [spelling, remedy] of [...Object.entries(foreignOperators), ...Object.entries(foreignOperands)]) {
    const all = spellings.get(remedy) ?? []
    spellings.set(remedy, all.includes(spelling) ? all : [...all, spelling])
  }
  return spellings
}

function foreignTable(): string {
  const rows = [...foreignRemedies()].map(([remedy, all]) => `| ${all.map((one) => cell(code(one))).join(" ")} | ${cell(remedy)} |`)
  return ["| elsewhere | here |", "| --- | --- |", ...rows].join("\n")
}

export function page(): string {
  const types = inferred(entries.map(([name]) => example(name)))
  const typeOf = new Map(entries.map(([name], n) => [name, types[n]!]))
  const tables = groups().map(([title, members]) => operationTable(title, members, typeOf))
  return `# The language of formulas

This page is written from the tables in src/operations and src/reductions by test/docs/language.ts.

## Grammar

\`\`\`
formula  = operand { operator operand }
operand  = "-" operand | number | name | operation "(" argument { "," argument } ")" | "(" formula ")"
number   = digits [ "." digits ] [ "e" ["-"] digits ]          2, 0.5, 1e-3
\`\`\`

${precedenceTable()}

All operators associate to the left, but \`**\` to the right; comparisons do not chain. \`|\` is looser than \`+\`, as in KeOps: \`x + y | z\` is \`(x + y) | z\`.
Names are case sensitive. A variable hides an operation of its name. Spaces and line breaks are ignored. \`Var(position, dimension, category)\` is the
variable at that position, of category 0 (i), 1 (j) or 2 (parameter).

Spellings of other languages are errors, whose remedies are:

${foreignTable()}

Every formula has a dimension, known from its text; one of dimension 1 is a number, and a number beside a vector is used for every component.
Complex vectors are stored interleaved: re, im, re, im, …

## Limits

A formula that exceeds one of these limits is an error (src/formula/limits.ts). Literal numbers are checked by the types.

Types judge formulas of up to 300 parentheses and 800 of one of \`* / + - |\` or commas, and say what is wrong in those of up to 120 of one of these and 240 spaces.
Longer ones are left to the build, which knows their dimensions and their mistakes: their \`dim\` is \`number\` to types. They read names of up to 16,000 letters and numbers of up to 8,000 digits.
The same holds in TypeScript 5.9, 6 and 7.

| what | at most |
| --- | --- |
${limitRows()}

## Operations

\`f\`, \`g\`, ... are formulas, d(f) is the dimension of f; \`m\`, \`n\`, \`p\`, \`q\` and \`s\` of Extract are integer literals; \`v\` is a variable. The column "gradient" specifies what each argument
receives from the cotangent \`e\` of the result; where an argument was broadcast, \`Sum\` or \`SumT\` is added. "0" is a derivative that is zero almost everywhere.

A derivative is that of the branch which is taken, of any order, whatever the other one is. What a mask (a comparison, \`Step\`, \`OneHot\`) or a branch (\`IfElse\`, \`Clamp\`, \`MaxOf\`, \`Max\`, \`ReLU\`, a
user-defined \`select\`) makes 0 in a derivative contributes nothing: an infinity or a NaN that it would be multiplied by vanishes with it. In values it does not: \`0 * x\` is computed.
If an operation has no derivative, or an infinite one, it counts as 0: \`Sqrt\`, \`Log\`, \`Inv\`, \`XLogX\`, a quotient by its divisor and powers below 1 at 0, \`Powf\` by its exponent where f is 0 or below,
\`Abs\` at 0, \`Asin\` at 1, \`Angle\` at 0 and pi. So a pair at distance 0 contributes nothing to a gradient that has no limit there, and does not spoil those of others. If
a limit exists it is used: the second derivatives of \`Square(Norm2(f))\`, \`Cos(Norm2(f))\` or a Matérn kernel at distance 0, and the derivative of \`Square(Acos(f))\` at 1, are right; their
derivatives of the fourth order are not (third for \`Sqrt\`, \`Asin\` and \`Acos\` of a number): write them in \`SqNorm2(f)\`, or as a series.

In the examples ${Object.entries(aliases)
    .map(([name, alias]) => code(`${name} = ${alias}`))
    .join(", ")}; beside each is what the types infer.

${tables.join("\n")}
## Dimension rules

\`defineOperation\` accepts these names as \`shape\`. An operation has as many arguments as its rule, in any names but \`e\`. \`means\` is a formula in the arguments,
\`scalar\` an expression of the primitives, applied to each component; an integer literal among the arguments can only be used by \`scalar\`.

${userRules()}

## Rewriting that changes a value

Formulas are simplified before they are compiled, by these rewrites (src/operations/rewrites.ts). None of them hides a NaN or an infinity of your data: \`x - x\`, \`0 * x\`
and \`x / x\` are computed. Only the sign of a zero and the rounding of the last digit may change. What the calculus itself knows to be zero (the gradient of
a variable that does not occur) is left out, even where it would be multiplied by an infinity.

${rewrites.map(({ from, to }) => `${code(from)} is ${code(to)}`).join("; ")}.

## NaN, infinities, subnormal numbers and rounding

Comparisons, and what chooses by them (\`IfElse\`, \`Step\`, \`Sign\`, \`ReLU\`, \`Clamp\`, \`MinOf\`, \`MaxOf\`, \`Max\`, \`ArgMax\`, ...), give the same bits on the CPU and on a GPU for NaN, infinities and
zeros: NaN differs from everything, itself included (\`x != x\` is 1 there), \`<\`, \`<=\` and \`==\` are 0 at NaN, -0 equals 0, an infinity equals itself. \`x - x\` and \`0 * x\`, with a literal 0
and written so, are NaN at NaN and infinities everywhere. The CPU follows IEEE 754 in everything else, too. A GPU's driver may fold other expressions that have one value for all finite numbers
(\`x / x\`, \`(x + y) - x\`, \`x * (y - y)\`), join a product and a sum to one rounding, and add in another order; WGSL lets it take for granted that no NaN or infinity occurs, so test for them (\`x != x\`)
at the inputs rather than at what became of them.

Subnormal numbers, below 1.17549435e-38, are kept on the CPU. A GPU may make them 0, where they are read, compared or computed (SwiftShader does; lavapipe does so in \`Exp\` alone); \`Exp\` is right
down to 1.17549435e-38 everywhere, and below gives the subnormal number or 0 (on the CPU 0 below 8.3e-39).

On the CPU sums, products, quotients and square roots of two numbers are rounded correctly, but where its module fuses a product and a sum. WGSL's quotients and square roots may be some units of the last
digit off; those that \`Floor\` or a comparison may see (also in \`Round\`, \`Mod\`, \`Clamp\`, \`IfElse\`, ...) are rounded correctly there, too, so that \`Floor(x / 15)\` is 2 at 30 and \`Norm2(x - y) <= 5\` holds at a distance
of 5. So are those which depend on a row or a column alone in reductions that give indices. \`Exp\` and \`Log\` are within 2e-7 (relative) on the CPU and within WGSL's bounds on a GPU, some 4e-6 at \`Exp(-87)\`.

## Reductions

Over j (the default) there is one row of output for each i; \`{ over: "i" }\` gives one for each j. All work on each component alone. Ties go to the smallest index,
and NaN never wins. A missing entry (K greater than the number of rows) has the index -1.

Of those with a gradient the last column says what f receives from the cotangent e of the output, for one pair of rows: the gradient is the sum of Grad(f, v, that). Other names are
reductions that run before, \`index == row\` is 1 at the winner, and g is the weight. [guide.md](guide.md) says how gradients are called.

| KeOps's name | method | returns | meaning | gradient |
| --- | --- | --- | --- | --- |
${reductionRows()}
`
}
