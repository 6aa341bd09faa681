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
fn unordered(k: u32) -> u32 { let m = min(k, 0xff800000u); return select(~m, m ^ 0x80000000u, m > 0x7fffffffu); }
fn bound(k: I) -> F { let m = min(k, I(0xff800000u)); return bitcast<F>(select(~m, m ^ I(0x80000000u), m > I(0x7fffffffu))); }
`

/** Inserts (key, index) into a sorted list whose last entry it beats. `at` makes the text of an entry's word. */
const insertion = (
  k: number,
  at: (entry: string, word: 0 | 1) => string,
  before: (entry: string) => string,
) => `var place = ${k - 1}u + args.zero;
while (place > 0u) {
if (!(${before("place - 1u")})) { break; }
${at("place", 0)} = ${at("place - 1u", 0)};
${at("place", 1)} = ${at("place - 1u", 1)};
place--;
}
${at("place", 0)} = key;
${at("place", 1)} = index;
`

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
  const last = (c: number | string, index: number) => entry(`${index * total}u + (${c}) * ${words}u + ${2 * k - 2}u`)
  const at = (place: string, word: 0 | 1) => entry(`at + 2u * (${place}) + ${word}u`)
  const bounds = components.map((c) => `worst${c} = bound(I(${lanes.map((index) => last(`${c}u`, index)).join(", ")}));\n`).join("")
  const clear = `for (var w = 0u; w < ${total * layout.lanes}u; w++) { ${entry("w")} = ${MISSING}; }\n`
  const everyWord = (text: (index: number) => string) => `for (var w = 0u; w < ${total}u; w++) {\n${lanes.map(text).join("")}}\n`
  const outside = (index: number) => `state[${lane(layout, "slot", index)} + w * args.stride]`
  const inside = (index: number) => `list[${index * total}u + w]`
  return {
    module: `${stored ? "var<private> slot: I;\n" : `var<private> list: array<u32, ${total * layout.lanes}>;\n`}fn offer(at: u32, key: u32, index: u32) {
if (key >= ${at(`${k - 1}u`, 0)}) { return; }
${insertion(k, at, (place) => `key < ${at(place, 0)}`)}}
`,
    begin: (stored ? `if (args.resume == 0u) {\n${clear}}\n` : clear) + components.map((c) => `var worst${c} = F();\n`).join("") + bounds,
    load: stored ? "" : everyWord((index) => `${inside(index)} = ${outside(index)};\n`) + bounds,
    store: stored ? "" : everyWord((index) => `${outside(index)} = ${inside(index)};\n`),
    take: (c: number | string, terms: readonly string[], columns: readonly string[]) => {
      const component = typeof c === "number" ? `${c}u` : c
      const pick = terms
        .slice(1)
        .map((term, unit) => `if (unit == ${unit + 1}u) { f = ${term}; }\n`)
        .join("")
      const offers = `for (var unit = 0u; unit < ${terms.length}u + args.zero; unit++) {
var f = ${terms[0]};
${pick}let key = ordered(f);
${eachLane(layout, `offer(r * ${total}u + (${component}) * ${words}u, ${numbered(layout, "key")}, ${columns[0]} + unit);\n`)}}
`
      return components.length === 0
        ? offers
        : `${offers}worst${c} = bound(I(${lanes.map((index) => last(component, index)).join(", ")}));\n`
    },
  }
}

/** A loop over the lanes, so that the text has one insertion; `args.zero` keeps the compiler from unrolling it. */
const eachLane = (layout: Layout, text: string) =>
  layout.lanes === 1 ? `{\nlet r = 0u;\n${text}}\n` : `for (var r = 0u; r < ${layout.lanes}u + args.zero; r++) {\n${text}}\n`
const numbered = (layout: Layout, vector: string) => (layout.lanes === 1 ? vector : `${vector}[r]`)

/** Functions that merge the lists of all splits and write a row of the result. */
function merge({ k, dim, reduction }: Program, { words, room }: Layout): string {
  const value = `let b = unordered(key);\nresult[at] = ${reduction.order === "max" ? "select(b ^ 0x80000000u, 0u, b == 0u)" : "b"};\n`
  const indices = reduction.outputs === "indices"
  const write = `${reduction.outputs === "values" ? "" : `result[at + ${indices ? "0u" : "args.section"}] = state[to + (2u * place + 1u) * args.stride];\n`}${indices ? "" : value}`
  const there = (place: string, word: 0 | 1) => `state[to + (2u * (${place}) + ${word}u) * args.stride]`
  const precedes = (place: string) => `key < ${there(place, 0)} || (key == ${there(place, 0)} && index < ${there(place, 1)})`
  return `fn settle(to: u32, key: u32, index: u32) {
if (!(${precedes(`${k - 1}u`)})) { return; }
${insertion(k, there, precedes)}}
fn finishRow(slot: u32, row: u32) {
for (var c = 0u; c < ${dim}u; c++) {
let to = slot + c * ${words}u * args.stride;
for (var split = 1u; split < args.splits; split++) {
let source = to + split * ${room}u * args.stride;
for (var place = 0u; place < ${k}u + args.zero; place++) { settle(to, state[source + 2u * place * args.stride], state[source + (2u * place + 1u) * args.stride]); }
}
for (var place = 0u; place < ${k}u + args.zero; place++) {
let at = row * ${k * dim}u + place * ${dim}u + c;
let key = state[to + 2u * place * args.stride];
${write}}
}
}
`
}

export const kBestReducer: Reducer = (program, layout) => {
  const looped = program.segments.some((segment) => segment.loop !== undefined)
  const components = Array.from({ length: looped ? 0 : program.dim }, (_, index) => index)
  const site: BestContext = { program, layout, lanes: Array.from({ length: layout.lanes }, (_, index) => index), components }
  const best = layout.state === "register" ? inRegisters(site) : inLists(site)
  const signed = (value: string) => (program.reduction.order === "max" ? `-(${value})` : value)
  return {
    module: `${keys}${best.module}${merge(program, layout)}`,
    ...(layout.state === "storage" && { hasSlot: true }),
    begin: best.begin,
    load: best.load,
    store: best.store,
    tileBegin: "",
    tileEnd: "",
    take(c, values, columns) {
      const terms = values.map((_, unit) => `f${unit}`)
      // PERF: a loop of at most one iteration instead of an `if`: software drivers skip such a loop, but run both sides of an `if`.
      const take = best.take(c, terms, columns)
      const gate = `for (var again = any(${terms.map((term) => `(${term} <= worst${c})`).join(" | ")}); again; again = false) {\n${take}}\n`
      return `{
${values.map((value, unit) => `let f${unit} = ${signed(value)};\n`).join("")}${looped ? take : gate}}
`
    },
    finish: eachLane(
      layout,
      `if (${numbered(layout, "local")} < args.rowCount) { finishRow(${numbered(layout, "slot")}, ${numbered(layout, "row")}); }\n`,
    ),
  }
}
