// The family `accumulate` in WGSL if all components share one shift f: sums of exp(f - m) * g, m the running maximum of f.
//
// Words s, e of each component (s + e the sum, sum.ts), then, shared, m and a unit: sums are stored times that power of two
// (weighted-state.ts). m is finite: the lowest number before any term, the largest if f was +inf. -inf contributes nothing, whatever its weight;
// NaN makes every sum NaN, and m ignores it.

import { careOf } from "../../ir/care.ts"
import type { Program, Segment } from "../../ir/program.ts"
import { hasOneSign } from "../../ir/sign.ts"
import { HIGH, LOW, log2, SUM_MOST } from "../../reductions/weighted-state.ts"
import type { Layout } from "../layout.ts"
import { bits } from "../literal.ts"
import { type Phases, type Reducer, stateWords, transfer, writeResult } from "./reducer.ts"
import { addTo, fadeFunction, LOWEST, max, oneSigned, plus, sumFunctions } from "./sum.ts"

const LARGEST = "3.4028234663852886e38f"
const F = (number: number) => `F(${number}f)`
/** Larger weights need the low unit: a sum of fewer than 2^40 weights up to this stays below `SUM_MOST`. */
const WEIGHT_MOST = SUM_MOST / HIGH / 2 ** 40

const shifted = `${fadeFunction}fn tame(f: F) -> F { return select(select(f, F(${LOWEST}), odd(f)), F(${LARGEST}), bitcast<I>(f) == I(0x7f800000u)); }
fn fall(m: F, top: F) -> F { return select(fade(m - top), F(1f), m == top); }
fn isNaN(f: F) -> B { return (bitcast<I>(f) & I(0x7fffffffu)) > I(0x7f800000u); }
fn isGone(f: F) -> B { return bitcast<I>(f) == I(0xff800000u); }
fn term(f: F, top: F) -> F { return select(select(fade(tame(f) - top), F(), isGone(f)), f, isNaN(f)); }
fn weighed(p: F, gone: B, weight: F) -> F {
let rare = odd(weight) & (gone != B(true));
return select(p * select(weight, F(), gone), weight + p, rare);
}
fn sink(unit: F, to: F) -> F { return select(F(1f), ${F(LOW / HIGH)}, to < unit); }
`

export const weightedSumReducer: Reducer = (program, layout) => ({
  module: sumFunctions + shifted,
  ...(layout.state === "register" ? inRegisters(program, layout) : inWords(program, layout)),
  finish: finish(program, layout),
})

/** Raises m to the largest of `values`, and lowers the unit if the weights ask for it; `save` stores both, and `q` is what the sums are scaled by. */
function shift(values: readonly string[], weigh: string, m: string, unit: string, save: (top: string, unit: string) => string): string {
  const names = values.map((_, index) => `f${index}`)
  return `${values.map((value, index) => `let f${index} = ${value};\n`).join("")}let before = ${m};
let old = ${unit};
var weights = I();
${weigh}let fresh = select(old, ${F(LOW)}, weights > I(${bits(WEIGHT_MOST)}));
let top = max(before, ${max(names.map((name) => `tame(${name})`))});
let q = fall(before, top) * sink(old, fresh);
${names.map((name, index) => `let p${index} = term(${name}, top) * fresh;\nlet gone${index} = isGone(${name});\n`).join("")}${save("top", "fresh")}`
}

/** The weights `values` of a segment, each times the exponential of its column. */
const products = (program: Program, values: readonly string[], segment: Segment): readonly string[] =>
  values.map((value, index) =>
    careOf(program, segment) === "plain" ? `p${index} * (${value})` : `weighed(p${index}, gone${index}, ${value})`,
  )
const adding = (s: string, e: string, terms: readonly string[]) => terms.map((term) => addTo(s, e, term)).join("")

/** The state in named variables: a variable for each word. */
function inRegisters(program: Program, layout: Layout): Phases {
  const components = Array.from({ length: program.dim }, (_, index) => index)
  const blocked = components.filter((c) => oneSigned(program, c))
  const scaled = (c: number, by: string) => `s${c} *= ${by};\ne${c} *= ${by};\n`
  return {
    begin: `${components.map((c) => `var s${c} = F();\nvar e${c} = F();\n`).join("")}var m = F(${LOWEST});\nvar unit = ${F(HIGH)};\n`,
    ...transfer([...components.flatMap((c) => [`s${c}`, `e${c}`]), "m", "unit"], layout.total, "F"),
    tileBegin: `let g = m;\nlet h = unit;\n${blocked.map((c) => `var b${c} = F();\n`).join("")}`,
    shift: (values, weigh) => shift(values, weigh, "m", "unit", (top, unit) => `m = ${top};\nunit = ${unit};\n`),
    take(c, values, _columns, segment) {
      const terms = products(program, values, segment)
      if (hasOneSign(segment.value)) return `b${c} = b${c} * q + ${plus(terms)};\n`
      return `${scaled(c as number, "q")}${adding(`s${c}`, `e${c}`, terms)}`
    },
    tileEnd: `let faded = fall(g, m) * sink(h, unit);\n${blocked
      .map((c) => scaled(c, "faded") + addTo(`s${c}`, `e${c}`, `b${c}`))
      .join("")}`,
  }
}

/** The state in an array of words. */
function inWords(program: Program, layout: Layout): Phases {
  const { get, set, ...memory } = stateWords(layout)
  const [shared, sharedUnit] = [`${layout.shared}u`, `${layout.shared + 1}u`]
  const word = (number: string) => (layout.state === "array" ? `F(${number})` : number)
  return {
    ...memory,
    begin: memory.begin(
      `for (var w = 0u; w < ${shared}; w++) {\n${set("w", word("0f"))}}\n${set(shared, word(LOWEST))}${set(sharedUnit, word(`${HIGH}f`))}`,
    ),
    tileBegin: "",
    tileEnd: "",
    shift: (values, weigh) => shift(values, weigh, get(shared), get(sharedUnit), (top, unit) => set(shared, top) + set(sharedUnit, unit)),
    take(c, values, _columns, segment) {
      const terms = products(program, values, segment)
      return `{
let at = (${c}${typeof c === "number" ? "u" : ""}) * ${layout.words}u;
var s = ${get("at")} * q;
var e = ${get("at + 1u")} * q;
${adding("s", "e", hasOneSign(segment.value) ? [plus(terms)] : terms)}${set("at", "s")}${set("at + 1u", "e")}}
`
    },
  }
}

/** Merges the states of the splits component after component, and writes what becomes of each sum `t`. */
function finish({ dim, outputDim, reduction }: Program, layout: Layout): string {
  const read = (word: string) => `bitcast<F>(recall(source + ${word} * args.stride))`
  const each = `for (var c = 0u; c < ${dim}u; c++) {
var m = F(${LOWEST});
var unit = ${F(HIGH)};
var s = F();
var e = F();
for (var split = 0u; split < args.splits; split++) {
let source = slot + split * ${layout.room}u * args.stride;
let m2 = ${read(`${layout.shared}u`)};
let unit2 = ${read(`${layout.shared + 1}u`)};
let top = max(m, m2);
let least = min(unit, unit2);
let q = fall(m, top) * sink(unit, least);
let p = fall(m2, top) * sink(unit2, least);
s *= q;
e *= q;
${addTo("s", "e", `${read(`(c * ${layout.words}u)`)} * p`)}e += ${read(`(c * ${layout.words}u + 1u)`)} * p;
m = top;
unit = least;
}
let t = select(s + e, s, odd(s));
let isLow = unit < ${F(HIGH)};
${results[reduction.finish ?? "log"]((word, at) => writeResult(layout, word, outputDim, at))}}
`
  const passes = reduction.finish === "parts" ? `for (var look = 0u; look < 2u; look++) {\n${each}}\n` : each
  return `var whole = F();\n${passes}`
}

/** What becomes of component `c`: `write` writes a word of the result. */
const results: Record<"log" | "ratio" | "parts", (write: (word: string, at: string) => string) => string> = {
  // In units of 1 if the sum is large enough for that, otherwise in its unit.
  log: (write) => `let bits = bitcast<I>(t);
let many = t >= ${F(1 / HIGH)};
let less = select(select(${F(-log2(HIGH))}, F(), many), ${F(-log2(LOW))}, isLow);
var y = bitcast<I>(m + (log(select(t, t * ${F(1 / HIGH)}, many & (isLow != B(true)))) + less));
y = select(select(I(0xff800000u), I(0x7fc00000u), m == F(${LARGEST})), y, t > F());
y = select(y, I(0x7f800000u), (bits == I(0x7f800000u)) | ((t > F()) & (m == F(${LARGEST}))));
y = select(y, I(0x7fc00000u), (bits > I(0x80000000u)) | isNaN(t));
${write("y", "c")}`,
  ratio: (write) => `if (c == 0u) {
whole = t;
continue;
}
let y = select(I(0x7fc00000u), bitcast<I>(t / whole), whole > F());
${write("y", "c - 1u")}`,
  // The largest sum decides: if it is too large in units of 1, the unit becomes part of m.
  parts: (write) => `if (look == 0u) {
whole = max(whole, select(abs(t), F(), odd(t)));
continue;
}
let isMore = isLow & (whole >= ${F(SUM_MOST * LOW)});
let y = bitcast<I>(t * select(${F(1 / HIGH)}, select(${F(1 / LOW)}, F(1f), isMore), isLow));
${write("y", "c + 1u")}if (c == 0u) {
let more = bitcast<I>(m + select(F(), ${F(-log2(LOW))}, isMore));
let top = select(select(more, I(0xff800000u), m == F(${LOWEST})), I(0x7f800000u), m == F(${LARGEST}));
${write("top", "0u")}}
`,
}
