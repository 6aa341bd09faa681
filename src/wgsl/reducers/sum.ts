// The family `accumulate` in WGSL: sums, and sums of exponentials that are shifted by their running maximum.
//
// A sum is stored as s + e, e being the rounding error (TwoSum). Terms of one sign are added plainly within a tile and compensated between tiles.
// Others are compensated one by one, because large ones may cancel, and then the sum of the small ones must be exact.
// WGSL allows reassociation, which would delete the compensation; `hold` hides a number from the compiler.
// An infinite or NaN s makes e NaN, so the result is then s alone.
//
// Shifted: words m, s, e, flag; the result is m + log(s + e). m is finite and begins at the lowest number. Terms that are not finite only
// set the flag: 1 for +inf, 2 for NaN; -inf contributes nothing.
import type { Program } from "../../ir/program.ts"
import { hasOneSign } from "../../ir/sign.ts"
import type { Layout } from "../layout.ts"
import { type Phases, type Reducer, stateWords, transfer, writeResult } from "./reducer.ts"

export const LOWEST = "-3.4028234663852886e38f"

export const sumFunctions = `fn hold(x: F) -> F { return bitcast<F>(bitcast<I>(x) ^ I(args.zero)); }
fn add(s: ptr<function, F>, e: ptr<function, F>, term: F) {
let x = hold(term);
let t = hold(*s + x);
let z = hold(t - *s);
*e += hold(*s - hold(t - z)) + hold(x - z);
*s = t;
}
fn odd(x: F) -> B { return (bitcast<I>(x) & I(0x7f800000u)) == I(0x7f800000u); }
`
/** exp of a number that may be -infinity or hugely negative: clamped to where exp is 0 in float32 anyway. */
export const fadeFunction = "fn fade(x: F) -> F { return exp(max(x, F(-200f))); }\n"
const shifted = `${fadeFunction}fn one(m: ptr<function, F>, b: ptr<function, F>, flag: ptr<function, F>, f: F) {
let wrong = odd(f);
let bits = bitcast<I>(f);
*flag = max(*flag, select(F(), select(F(2f), F(1f), bits == I(0x7f800000u)), wrong & (bits != I(0xff800000u))));
let g = select(f, F(${LOWEST}), wrong);
let top = max(*m, g);
*b = *b * fade(*m - top) + select(fade(g - top), F(), wrong);
*m = top;
}
`

/** Adds x to the sum s + e; s and e are variables. */
export const addTo = (s: string, e: string, x: string) => `add(&${s}, &${e}, ${x});\n`

/** Whether all terms of component number `c` have one sign. */
export const oneSigned = ({ segments }: Program, c: number): boolean =>
  segments.some(({ start, count, value }) => c >= start && c < start + count && hasOneSign(value))

export const plus = (terms: readonly string[]): string =>
  terms.length === 1 ? terms[0]! : `(${plus(terms.slice(0, terms.length / 2))} + ${plus(terms.slice(terms.length / 2))})`
export const max = (terms: readonly string[]): string =>
  terms.length === 1 ? terms[0]! : `max(${max(terms.slice(0, terms.length / 2))}, ${max(terms.slice(terms.length / 2))})`

/**
 * Adds a few terms with one rescaling, or one by one if one of them is not finite. PERF: the rare case is a loop of at most one iteration, because
 * software drivers skip such a loop, but run both sides of an `if`.
 */
function grow(m: string, b: string, flag: string, values: readonly string[]): string {
  if (values.length === 1) return `one(&${m}, &${b}, &${flag}, ${values[0]});\n`
  const terms = values.map((_, index) => `f${index}`)
  return `{
${values.map((value, index) => `let f${index} = ${value};\n`).join("")}let rare = any(${terms.map((term) => `odd(${term})`).join(" | ")});
for (var turn = select(0u, ${values.length}u, rare); turn > 0u; turn--) {
var f = f0;
${terms
  .slice(1)
  .map((term, index) => `if (turn == ${values.length - index - 1}u) { f = ${term}; }\n`)
  .join("")}one(&${m}, &${b}, &${flag}, f);
}
if (!rare) {
let top = max(${m}, ${max(terms)});
${b} = ${b} * fade(${m} - top) + ${plus(terms.map((term) => `fade(${term} - top)`))};
${m} = top;
}
}
`
}

export const sumReducer: Reducer = (program, layout) => {
  const isShifted = program.reduction.shift === true
  return {
    module: sumFunctions + (isShifted ? shifted : ""),
    ...(layout.state === "register" ? inRegisters : inWords)(program, layout, isShifted),
    finish: finish(program, layout, isShifted),
  }
}

/** The words of a component's state, and their first values. */
const partsOf = (isShifted: boolean) => (isShifted ? ["m", "s", "e", "flag"] : ["s", "e"])
const first = (part: string) => (part === "m" ? `F(${LOWEST})` : "F()")

/** The state in named variables: a variable for each word. */
function inRegisters(program: Program, layout: Layout, isShifted: boolean): Phases {
  const components = Array.from({ length: program.dim }, (_, index) => index)
  /** The components that are added plainly within a tile. */
  const blocked = components.filter((c) => isShifted || oneSigned(program, c))
  const parts = partsOf(isShifted)
  return {
    begin: components.flatMap((component) => parts.map((part) => `var ${part}${component} = ${first(part)};\n`)).join(""),
    ...transfer(
      components.flatMap((component) => parts.map((part) => part + component)),
      layout.total,
      "F",
    ),
    tileBegin: blocked.map((c) => `var b${c} = F();\n${isShifted ? `let g${c} = m${c};\n` : ""}`).join(""),
    tileEnd: blocked
      .map((c) => (isShifted ? `{\nlet q = fade(g${c} - m${c});\ns${c} *= q;\ne${c} *= q;\n}\n` : "") + addTo(`s${c}`, `e${c}`, `b${c}`))
      .join(""),
    take(c, values, _columns, { value }) {
      if (isShifted) return grow(`m${c}`, `b${c}`, `flag${c}`, values)
      return hasOneSign(value) ? `b${c} += ${plus(values)};\n` : values.map((term) => addTo(`s${c}`, `e${c}`, term)).join("")
    },
  }
}

/** The state in an array of words. */
function inWords(program: Program, layout: Layout, isShifted: boolean): Phases {
  const parts = partsOf(isShifted)
  const { get, set, ...memory } = stateWords(layout)
  const fill = parts.map((part, word) => set(`c * ${layout.words}u + ${word}u`, first(part))).join("")
  return {
    ...memory,
    begin: memory.begin(`for (var c = 0u; c < ${program.dim}u; c++) {\n${fill}}\n`),
    tileBegin: "",
    tileEnd: "",
    take(c, values, _columns, { value }) {
      const word = (index: number) => `at + ${index}u`
      const s = parts.indexOf("s")
      const begin = `{\nlet at = (${c}${typeof c === "number" ? "u" : ""}) * ${layout.words}u;\nvar s = ${get(word(s))};\nvar e = ${get(word(s + 1))};\n`
      const end = `${set(word(s), "s")}${set(word(s + 1), "e")}}\n`
      const terms = hasOneSign(value) ? [plus(values)] : values
      if (!isShifted) return begin + terms.map((term) => addTo("s", "e", term)).join("") + end
      return `${begin}var m = ${get(word(0))};
var flag = ${get(word(3))};
let g = m;
var b = F();
${grow("m", "b", "flag", values)}let q = fade(g - m);
s *= q;
e *= q;
${addTo("s", "e", "b")}${set(word(0), "m")}${set(word(3), "flag")}${end}`
    },
  }
}

/** Merges the states of the splits, component after component, and writes the sum, or the logarithm. */
function finish(program: Program, layout: Layout, isShifted: boolean): string {
  const read = (word: number) => `bitcast<F>(recall(source${word === 0 ? "" : ` + ${word}u * args.stride`}))`
  const merge = isShifted
    ? `let m2 = ${read(0)};
let top = max(m, m2);
let q = fade(m - top);
let p = fade(m2 - top);
s *= q;
e *= q;
${addTo("s", "e", `${read(1)} * p`)}e += ${read(2)} * p;
flag = max(flag, ${read(3)});
m = top;
`
    : `${addTo("s", "e", read(0))}e += ${read(1)};\n`
  const result = isShifted
    ? `var y = bitcast<I>(m + log(s + e));
y = select(I(0xff800000u), y, s > F());
y = select(y, I(0x7f800000u), flag == F(1f));
y = select(y, I(0x7fc00000u), flag == F(2f));
`
    : "let y = select(bitcast<I>(s + e), bitcast<I>(s), odd(s));\n"
  const variables = partsOf(isShifted).map((part) => `var ${part} = ${first(part)};\n`)
  return `for (var c = 0u; c < ${program.dim}u; c++) {
${variables.join("")}for (var split = 0u; split < args.splits; split++) {
let source = slot + (split * ${layout.room}u + c * ${layout.words}u) * args.stride;
${merge}}
${result}${writeResult(layout, "y", program.dim, "c")}}
`
}
