// Statements as WGSL text, for a few columns at once. A value that depends on the row is a vector with one lane for each row of the invocation
// (type F; masks B), all others are a plain f32 or bool; so the text does not grow with the number of rows.

import { express } from "../ir/affine.ts"
import { blocksOf } from "../ir/blocks.ts"
import { careOf } from "../ir/care.ts"
import type { AffineIndex, CellArray, FoldValue, Loop, Program, Segment, Value } from "../ir/program.ts"
import { isFiniteNumber } from "../ir/sign.ts"
import type { Statement } from "../ir/statement.ts"
import { sumLoop } from "./fold.ts"
import type { Calls } from "./helpers.ts"
import type { Layout } from "./layout.ts"
import { literal } from "./literal.ts"
import { apply, type Expression, nothing, wgslPrimitives } from "./primitives.ts"

const lanesOf = "xyzw"
/** Lane number `lane` of a vector, or the number itself if there is one row. */
export const lane = (layout: Layout, text: string, lane: number) => (layout.lanes === 1 ? text : `${text}.${lanesOf[lane]}`)
/** A vector of one text for each lane. */
export const lanes = (layout: Layout, type: string, text: (lane: number) => string) =>
  layout.lanes === 1 ? text(0) : `${type}(${Array.from({ length: layout.lanes }, (_, index) => text(index)).join(", ")})`

/** The offset of a variable: from an array of the uniforms, because a structure has at most 1,023 members. */
export const origin = (variable: number) => `args.at[${variable >> 2}].${lanesOf[variable & 3]}`

/** The context in which statements are written. */
export interface WriteContext {
  readonly program: Program
  readonly layout: Layout
  /** Quotients and square roots that must be rounded correctly. */
  readonly exact: ReadonlySet<Value>
  /** One suffix per column that is handled at once; values of the constant and row regions have none. */
  readonly units: readonly string[]
  /** The address of a column variable for the column with this suffix: `text + base`, the bracket left open. */
  readonly column: (variable: number, unit: string) => { readonly text: string; readonly base: number }
  /** Collects the helpers that the text calls. */
  readonly calls: Calls
}

const wide = (value: Value) => value.region === "row" || value.region === "pair"
const perColumn = (value: Value) => value.region === "column" || value.region === "pair"

/** The name, or the literal, of a value in the column with this suffix. */
export function name(value: Value, unit: string): string {
  if (value.kind === "number") return literal(value.value)
  return perColumn(value) ? `v${value.id}${unit}` : `v${value.id}`
}

/** The same, as a vector of all lanes. */
function wideName(value: Value, unit: string): string {
  if (wide(value)) return name(value, unit)
  return `${value.type === "mask" ? "B" : "F"}(${name(value, unit)})`
}

export const counter = (loop: Loop) => `k${loop.id}`

const indexText = (index: AffineIndex): string =>
  express(
    index,
    (leaf) => (typeof leaf === "number" ? `${leaf >>> 0}u` : counter(leaf)),
    (operator, a, b) => (operator === "min" ? `min(${a}, ${b})` : `(${a} ${operator} ${b})`),
  )

/** ` + base + stride * counter ...`, in u32 arithmetic. */
function offset(index: AffineIndex, more = 0): string {
  const base = index.base + more
  const terms = index.terms.length === 0 ? "" : ` + ${indexText({ base: 0, terms: index.terms })}`
  return terms + (base === 0 ? "" : base < 0 ? ` - ${-base}u` : ` + ${base}u`)
}

function load(context: WriteContext, value: Extract<Value, { kind: "load" }>, unit: string): string {
  const variable = context.program.variables[value.variable]
  if (variable?.role === "column") {
    const { text, base } = context.column(value.variable, unit)
    return `${text}${offset(value.index, base)}]`
  }
  const at = offset(value.index)
  if (variable?.role === "parameter") return `parameters[${origin(value.variable)}${at}]`
  const address = `row${value.variable}`
  return lanes(context.layout, "F", (index) => `rows[${lane(context.layout, address, index)}${at}]`)
}

function applied(context: WriteContext, value: Extract<Value, { kind: "apply" }>, unit: string): string {
  const row = wgslPrimitives[value.primitive]
  const isWide = wide(value)
  const write = (expression: Expression, args: readonly string[], isVector = isWide) => apply(expression, args, isVector, context.calls)
  // Tint evaluates constant expressions, and rejects those that overflow.
  const isConstant = value.args.every((arg) => arg.kind === "number")
  const folded = foldedAway(value)
  if (folded) {
    const x = isWide ? wideName(folded, unit) : name(folded, unit)
    return write(nothing(value.primitive === "mul"), [x], isWide && !isConstant)
  }
  const expression =
    row.exact && context.exact.has(value) ? row.exact : row.plain && value.args.every(isFiniteNumber) ? row.plain : row.expression
  if (isConstant) {
    return write(
      expression,
      value.args.map((arg) => literal((arg as Extract<Value, { kind: "number" }>).value, true)),
      false,
    )
  }
  const isMixed = !isWide || (row.arithmetic && expression === row.expression)
  return write(
    expression,
    value.args.map((arg) => parenthesise(isMixed ? name(arg, unit) : wideName(arg, unit))),
  )
}

/** x, if the value is x - x or 0 * x. */
function foldedAway({ primitive, args }: Extract<Value, { kind: "apply" }>): Value | undefined {
  const [a, b] = args as [Value, Value]
  if (primitive === "sub") return a === b ? a : undefined
  const isZero = (value: Value) => value.kind === "number" && value.value === 0
  return primitive !== "mul" ? undefined : isZero(a) ? b : isZero(b) ? a : undefined
}

function compute(context: WriteContext, value: Value, unit: string): string {
  if (value.kind === "load") return load(context, value, unit)
  if (value.kind === "cell") return cell(context.layout, value.cells, value.index).read
  if (value.kind === "index") return `f32(${indexText(value.index)})`
  if (value.kind === "apply") return applied(context, value, unit)
  throw new Error(`wgsl: a ${value.kind} is not let`)
}

/** Declares the arrays of recurrences. */
export const declare = ({ arrays, spilled }: Layout): string =>
  spilled
    ? ""
    : [...arrays].map(([{ id, size }, region]) => `var a${id}: array<${region === "constant" ? "f32" : "F"}, ${size}>;\n`).join("")

/** Number `index` of an array: the text that reads it, and that which writes to it. */
function cell({ spilled }: Layout, cells: CellArray, index: AffineIndex): { read: string; write: (text: string) => string } {
  if (!spilled) {
    const text = `a${cells.id}[${indexText(index)}]`
    return { read: text, write: (value) => `${text} = ${value};\n` }
  }
  const word = indexText({ ...index, base: index.base + spilled.get(cells)! })
  const text = `state[slot + ${word} * args.stride]`
  return { read: `bitcast<f32>(${text})`, write: (value) => `${text} = bitcast<u32>(${value});\n` }
}

const termOf = (fold: FoldValue, unit: string) => (wide(fold) ? wideName(fold.body, unit) : name(fold.body, unit))
const zeroOf = (fold: FoldValue) => (wide(fold) ? "F()" : "0f")

/** One iteration of a minimum or maximum: the text after its name. */
function extremeStep({ calls }: WriteContext, fold: FoldValue, unit: string): string {
  const [sum, term] = [name(fold, unit), termOf(fold, unit)]
  const type = wide(fold) ? "B" : "bool"
  const better = apply(wgslPrimitives.lt.expression, fold.fold === "min" ? [term, sum] : [sum, term], wide(fold), calls)
  return `= select(${sum}, ${term}, ${better} | ${type}(${counter(fold.loop)} == ${fold.loop.start}u))`
}

/** A negative literal behind a minus would read `--`. */
const parenthesise = (text: string) => (text.startsWith("-") ? `(${text})` : text)

const forLoop = (loop: Loop, body: string) =>
  `for (var ${counter(loop)} = ${loop.start}u; ${counter(loop)} < ${loop.end}u; ${counter(loop)}++) {\n${body}}\n`

/**
 * Writes the values that a segment, or if undefined the shift, passes to the reduction: one vector of all lanes for each unit. With the shift comes
 * the text `weigh`, which collects the sizes of all weights in the variable `weights`, as bits.
 */
type Reducing = (segment: Segment | undefined, values: readonly string[], weigh: string) => string

/** Statements that compute values before those that pass them to the reduction, because the shift needs the sizes of all weights. */
const ordered = (statements: readonly Statement[]): readonly Statement[] => [
  ...statements.filter(({ kind }) => kind !== "shift" && kind !== "reduce"),
  ...statements.filter(({ kind }) => kind === "shift" || kind === "reduce"),
]

export function write(context: WriteContext, statements: readonly Statement[], reduce: Reducing): string {
  const each = (value: Value, text: (unit: string) => string) => (perColumn(value) ? context.units : [""]).map(text).join("")
  const all = (value: Value) => context.units.map((unit) => wideName(value, unit))
  /** Collects the sizes of a segment's values in `weights`. */
  const weigh = (statement: Statement): string => {
    if (statement.kind !== "reduce" || careOf(context.program, statement.segment) === "plain") return ""
    const { segment, body } = statement
    const sizes = all(segment.value).map((value) => `weights = max(weights, bitcast<I>(${value}) & I(0x7fffffffu));\n`)
    return segment.loop ? forLoop(segment.loop, write(context, body, reduce) + sizes.join("")) : sizes.join("")
  }
  return ordered(statements)
    .map((statement): string => {
      if (statement.kind === "let") {
        const { value } = statement
        if (value.kind === "number") return ""
        return each(value, (unit) => {
          return `let ${name(value, unit)} = ${compute(context, value, unit)};\n`
        })
      }
      if (statement.kind === "fold") {
        const { fold, loop, body } = statement
        const begin = each(fold, (unit) => `var ${name(fold, unit)} = ${zeroOf(fold)};\n`)
        const inside = write(context, body, reduce)
        if (fold.fold === "sum") {
          const units = perColumn(fold) ? context.units : [""]
          const [sums, terms] = [units.map((unit) => name(fold, unit)), units.map((unit) => termOf(fold, unit))]
          return (
            begin + sumLoop(blocksOf(fold), { loop, counter: counter(loop), sums, terms, body: inside, isWide: wide(fold) }, context.calls)
          )
        }
        const sums = each(fold, (unit) => `${name(fold, unit)} ${extremeStep(context, fold, unit)};\n`)
        return begin + forLoop(loop, inside + sums)
      }
      if (statement.kind === "nest") {
        const { loop, body, stores } = statement
        const [unit = ""] = context.units
        const written = stores.map(({ cells, index, value }) => {
          const isWide = context.layout.arrays.get(cells) !== "constant"
          return cell(context.layout, cells, index).write(isWide ? wideName(value, unit) : name(value, unit))
        })
        return forLoop(loop, write(context, body, reduce) + written.join(""))
      }
      if (statement.kind === "shift") return reduce(undefined, all(statement.value), statements.map(weigh).join(""))
      const { segment, body } = statement
      const text = write(context, body, reduce) + reduce(segment, all(segment.value), "")
      return segment.loop ? forLoop(segment.loop, text) : `{\n${text}}\n`
    })
    .join("")
}
