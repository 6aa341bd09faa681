// The family `extreme` in WGSL: the k smallest values with their indices, in order. For the largest the sign is inverted.
//
// A value is stored as a key: a u32 in the order of the numbers, so that no comparison depends on how a device treats infinities and NaN.
// NaN and a missing entry have the largest key, above that of +inf. Columns come in ascending order and `<` is strict, so that ties go to the
// smallest index; merging compares (key, index).
// A value is first compared with the worst value of the list; few pass.

import type { Program } from "../../ir/program.ts"
import type { Layout } from "../layout.ts"
import { lane } from "../statements.ts"
import { type Reducer, type ReducerText, transfer } from "./reducer.ts"

const MISSING = "0xffffffffu"

const keys = `fn ordered(x: F) -> I {
let b = bitcast<I>(x);
let k = select(b ^ I(0x80000000u), ~b, b > I(0x7fffffffu));
return select(select(k, I(0x80000000u), (b << I(1u)) == I()), I(${MISSING}), (b & I(0x7fffffffu)) > I(0x7f800000u));
}
fn bound(k: I) -> F { let m = min(k, I(0xff800000u)); return bitcast<F>(select(~m, m ^ I(0x80000000u), m > I(0x7fffffffu))); }
`

const unordered = "fn unordered(k: u32) -> u32 { let m = min(k, 0xff800000u); return select(~m, m ^ 0x80000000u, m > 0x7fffffffu); }\n"

/**
 * Inserts (key, index) into the sorted list that begins at `start` if it beats the last entry, in front of which all others are: goes up from there.
 * An entry is two words, `step` apart; `at` is the text of a word. `args.zero` keeps the compiler from unrolling the loop.
 */
const insertion = (k: number, start: string, step: string, at: (word: string) => string, beats: (entry: string) => string) => {
  const [two, last] = step === "1u" ? ["2u", `${2 * k - 2}u`] : [`2u * ${step}`, `${2 * k - 2}u * ${step}`]
  const search = `while (e > ${start}) {
if (!(${beats(`e - ${two}`)})) { break; }
${at("e")} = ${at(`e - ${two}`)};
${at(`e + ${step}`)} = ${at(`e - ${step}`)};
e -= ${two};
}
`
  return `var e = ${start}${k === 1 ? "" : ` + ${last} + args.zero`};
if (!(${beats("e")})) { return; }
${k === 1 ? "" : search}${at("e")} = key;
${at(`e + ${step}`)} = index;
`
}

/** The input of `inRegisters` and `inLists`. */
interface BestContext {
  readonly program: Program
  readonly layout: Layout
  readonly lanes: readonly number[]
  /** The components of unrolled segments. */
  readonly components: readonly number[]
}
/** How the best so far are stored, and how columns are compared with them. */
type Best = Pick<ReducerText, "module" | "begin" | "load" | "store"> & {
  take(component: number | string, terms: readonly string[], columns: readonly string[]): string
}

/** The single best, in variables. */
function inRegisters({ layout, components }: BestContext): Best {
  const moved = transfer(
    components.flatMap((c) => [`key${c}`, `index${c}`]),
    layout.total,
    "I",
  )
  return {
    begin: components
      .map(
        (c) => `var key${c} = I(${MISSING});
var index${c} = I(${MISSING});
var worst${c} = bound(key${c});
`,
      )
      .join(""),
    load:
      moved.load +
      components
        .map(
          (c) => `worst${c} = bound(key${c});
`,
        )
        .join(""),
    store: moved.store,
    module: "",
    take(c: number | string, terms: readonly string[], columns: readonly string[]) {
      const steps = terms.map((term, unit) => {
        const better = `let key = ordered(${term});\nlet better = key < key${c};\n`
        return `{\n${better}key${c} = select(key${c}, key, better);\nindex${c} = select(index${c}, I(${columns[unit]}), better);\n}\n`
      })
      return `${steps.join("")}worst${c} = bound(key${c});\n`
    },
  }
}

/** The K best in order, in an array in private memory or in the state buffer itself. */
function inLists(site: BestContext): Best {
  const { program, layout, lanes, components } = site
  const { k } = program
  const { total, words } = layout
  const stored = layout.state === "storage"
  const entry = (index: string) => (stored ? `state[slot + (${index}) * args.stride]` : `list[${index}]`)
  /** The first word of the list of a component of a lane; `c` is its number, or the text of one. */
  const listOf = (c: number | string, index: number, word = 0) =>
    typeof c === "number" ? `${index * total + c * words + word}u` : `${index * total + word}u + (${c}) * ${words}u`
  const last = (c: number | string, index: number) => entry(listOf(c, index, 2 * k - 2))
  const boundOf = (c: number | string) => `worst${c} = bound(I(${lanes.map((index) => last(c, index)).join(", ")}));\n`
  const clear = `for (var w = 0u; w < ${total * layout.lanes}u; w++) { ${entry("w")} = ${MISSING}; }\n`
  const everyWord = (text: (index: number) => string) => `for (var w = 0u; w < ${total}u; w++) {\n${lanes.map(text).join("")}}\n`
  const outside = (index: number) => `state[${lane(layout, "slot", index)} + w * args.stride]`
  const inside = (index: number) => `list[${index === 0 ? "" : `${index * total}u + `}w]`
  return {
    module: `${stored ? "var<private> slot: I;\n" : `var<private> list: array<u32, ${total * layout.lanes}>;\n`}fn offer(at: u32, key: u32, index: u32) {
${insertion(k, "at", "1u", entry, (place) => `key < ${entry(place)}`)}}
`,
    begin: (stored ? `if (args.resume == 0u) {\n${clear}}\n` : clear) + components.map((c) => `var ${boundOf(c)}`).join(""),
    load: stored ? "" : everyWord((index) => `${inside(index)} = ${outside(index)};\n`) + components.map(boundOf).join(""),
    store: stored ? "" : everyWord((index) => `${outside(index)} = ${inside(index)};\n`),
    take: (c: number | string, terms: readonly string[], columns: readonly string[]) => {
      const pick = terms
        .slice(1)
        .map((term, unit) => `if (unit == ${unit + 1}u) { f = ${term}; }\n`)
        .join("")
      const offers = `for (var unit = 0u; unit < ${terms.length}u + args.zero; unit++) {
var f = ${terms[0]};
${pick}let key = ordered(f);
${eachLane(layout, `offer(r * ${total}u${c === 0 ? "" : ` + ${listOf(c, 0)}`}, ${numbered(layout, "key")}, ${columns[0]} + unit);\n`)}}
`
      return components.length === 0 ? offers : offers + boundOf(c)
    },
  }
}

/** A loop over the lanes, so that the text has one insertion; `args.zero` keeps the compiler from unrolling it. */
const eachLane = (layout: Layout, text: string) =>
  layout.lanes === 1 ? `{\nlet r = 0u;\n${text}}\n` : `for (var r = 0u; r < ${layout.lanes}u + args.zero; r++) {\n${text}}\n`
const numbered = (layout: Layout, vector: string) => (layout.lanes === 1 ? vector : `${vector}[r]`)

/** Functions that merge the lists of all splits and write a row of the result. */
function merge({ k, dim, reduction }: Program, { words, room }: Layout): string {
  const indices = reduction.outputs === "indices"
  const values = reduction.outputs === "values"
  const sign = reduction.order === "max" ? "select(b ^ 0x80000000u, 0u, b == 0u)" : "b"
  const value = indices ? "" : `let b = unordered(state[e]);\nresult[at] = ${sign};\n`
  const index = values ? "" : `result[at${indices ? "" : " + args.section"}] = state[e + s];\n`
  const beats = (e: string) => `key < state[${e}] || (key == state[${e}] && index < state[${e} + s])`
  const each = (body: string) => (k === 1 ? body : `for (var place = 0u; place < ${k}u + args.zero; place++) {\n${body}}\n`)
  const entry = (list: string) => (k === 1 ? list : `${list} + 2u * place * s`)
  return `${indices ? "" : unordered}fn settle(to: u32, key: u32, index: u32) {
let s = args.stride;
${insertion(k, "to", "s", (word) => `state[${word}]`, beats)}}
fn finishRow(slot: u32, row: u32) {
let s = args.stride;
for (var c = 0u; c < ${dim}u; c++) {
let to = slot + c * ${words}u * s;
for (var split = 1u; split < args.splits; split++) {
let source = to + split * ${room}u * s;
${each(`let e = ${entry("source")};\nsettle(to, state[e], state[e + s]);\n`)}}
${each(`let e = ${entry("to")};\nlet at = row * ${k * dim}u${k === 1 ? "" : ` + place * ${dim}u`} + c;\n${index}${value}`)}}
}
`
}

export const kBestReducer: Reducer = (program, layout) => {
  const looped = program.segments.some((segment) => segment.loop !== undefined)
  const components = Array.from({ length: looped ? 0 : program.dim }, (_, index) => index)
  const site: BestContext = { program, layout, lanes: Array.from({ length: layout.lanes }, (_, index) => index), components }
  const best = layout.state === "register" ? inRegisters(site) : inLists(site)
  const isMax = program.reduction.order === "max"
  return {
    module: `${keys}${best.module}${merge(program, layout)}`,
    ...(layout.state === "storage" && { hasSlot: true }),
    begin: best.begin,
    load: best.load,
    store: best.store,
    tileBegin: "",
    tileEnd: "",
    take(c, values, columns) {
      const terms = isMax ? values.map((_, unit) => `f${unit}`) : values
      const negated = isMax ? values.map((value, unit) => `let f${unit} = -(${value});\n`) : []
      // PERF: a loop of at most one iteration instead of an `if`: software drivers skip such a loop, but run both sides of an `if`.
      const take = best.take(c, terms, columns)
      const gate = `for (var again = any(${terms.map((term) => `(${term} <= worst${c})`).join(" | ")}); again; again = false) {\n${take}}\n`
      return negated.join("") + (looped ? take : gate)
    },
    finish: eachLane(
      layout,
      `if (${numbered(layout, "local")} < args.rowCount) { finishRow(${numbered(layout, "slot")}, ${numbered(layout, "row")}); }\n`,
    ),
  }
}
