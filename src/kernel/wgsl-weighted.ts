// The family `accumulate` in WGSL where all components share one shift f: sums of exp(f - m) * g, m the running maximum of f.
//
// Words s, e of each component (s + e the sum, wgsl-accumulate.ts), then m, shared. m is finite: the lowest number before any term, the
// largest where f was +inf. -inf counts nothing; NaN makes every sum NaN, and m passes it over.
import type { Segment } from "./ir.ts"
import { hasOneSign } from "./sign.ts"
import { addTo, common, fade, LOWEST, max, oneSigned, plus } from "./wgsl-accumulate.ts"
import { cells, type Family, transfer, writeResult } from "./wgsl-family.ts"

const LARGEST = "3.4028234663852886e38f"

const shifted = `${fade}fn tame(f: F) -> F { return select(select(f, F(${LOWEST}), odd(f)), F(${LARGEST}), bitcast<I>(f) == I(0x7f800000u)); }
fn fall(m: F, top: F) -> F { return select(fade(m - top), F(1f), m == top); }
fn isNaN(f: F) -> B { return (bitcast<I>(f) & I(0x7fffffffu)) > I(0x7f800000u); }
fn term(f: F, top: F) -> F { return select(select(fade(tame(f) - top), F(), bitcast<I>(f) == I(0xff800000u)), f, isNaN(f)); }
`

/**
 * Of a ratio: exponentials are smaller by so much that the sums of a tile stay finite, whatever the weights; and where a sum gets near the end of
 * float32's range, m grows beyond the maximum, so that all become smaller. The ratio is the same.
 */
const headroom = 2 ** -8
const growth = (m: string, most: string) => `${m} + select(F(), F(${16 * Math.LN2}f), ${most} > F(${2 ** 120}f))`

export const weighted: Family = (program, frame) => {
  const { dim, outputDim, reduction } = program
  const components = Array.from({ length: frame.state === "register" ? dim : 0 }, (_, index) => index)
  const { get, set, ...memory } = cells(frame)
  const shared = `${frame.shared}u`
  const blocked = components.filter((c) => oneSigned(program, c))
  const isRatio = reduction.finish === "ratio"
  const scale = isRatio ? ` * ${headroom}f` : ""
  const signed = components.filter((c) => !oneSigned(program, c))
  const shift = (values: readonly string[], m: string, begin: string, save: (text: string) => string) => {
    const names = values.map((_, unit) => `f${unit}`)
    return `${values.map((value, unit) => `let f${unit} = ${value};\n`).join("")}let before = ${m};
let top = max(${begin}, ${max(names.map((name) => `tame(${name})`))});
let q = fall(before, top);
${names.map((name, unit) => `let p${unit} = term(${name}, top)${scale};\n`).join("")}${save("top")}`
  }
  const products = (values: readonly string[]) => values.map((value, unit) => `p${unit} * (${value})`)
  const adding = (s: string, e: string, terms: readonly string[]) => terms.map((term) => addTo(s, e, term)).join("")

  const scaled = (cs: readonly number[], by: string) => cs.map((c) => `s${c} *= ${by};\ne${c} *= ${by};\n`).join("")
  const grow =
    isRatio && components.length > 0
      ? `m = ${growth("m", max(components.map((c) => `abs(s${c})`)))};\nlet raised = fall(g, m);\n${scaled(signed, "raised")}`
      : ""
  const registers = {
    begin: `${components.map((c) => `var s${c} = F();\nvar e${c} = F();\n`).join("")}var m = F(${LOWEST});\n`,
    ...transfer([...components.flatMap((c) => [`s${c}`, `e${c}`]), "m"], frame.total, "F"),
    tileBegin: `let g = m;\n${grow}${blocked.map((c) => `var b${c} = F();\n`).join("")}`,
    shift: (values: readonly string[]) => shift(values, "m", "before", (top) => `m = ${top};\n`),
    take(c: number | string, values: readonly string[], _columns: readonly string[], { value }: Segment) {
      if (hasOneSign(value)) return `b${c} = b${c} * q + ${plus(products(values))};\n`
      return `${scaled([c as number], "q")}${adding(`s${c}`, `e${c}`, products(values))}`
    },
    tileEnd: `let faded = fall(g, m);\n${blocked
      .map((c) => `s${c} *= faded;\ne${c} *= faded;\n${addTo(`s${c}`, `e${c}`, `b${c}`)}`)
      .join("")}`,
  }
  const lowest = frame.state === "array" ? `F(${LOWEST})` : LOWEST
  const zero = frame.state === "array" ? "F()" : "0f"
  const looped = {
    ...memory,
    begin: `${isRatio ? "var most = F();\n" : ""}${memory.begin(`for (var w = 0u; w < ${shared}; w++) {\n${set("w", zero)}}\n${set(shared, lowest)}`)}`,
    tileBegin: "",
    tileEnd: "",
    shift: (values: readonly string[]) =>
      shift(
        values,
        get(shared),
        isRatio ? growth("before", "most") : "before",
        (top) => `${set(shared, top)}${isRatio ? "most = F();\n" : ""}`,
      ),
    take: (c: number | string, values: readonly string[], _columns: readonly string[], { value }: Segment) => `{
let at = (${c}${typeof c === "number" ? "u" : ""}) * ${frame.words}u;
var s = ${get("at")} * q;
var e = ${get("at + 1u")} * q;
${adding("s", "e", hasOneSign(value) ? [plus(products(values))] : products(values))}${isRatio ? "most = max(most, abs(s));\n" : ""}${set("at", "s")}${set("at + 1u", "e")}}
`,
  }

  const read = (word: string) => `bitcast<F>(recall(source + ${word} * args.stride))`
  const write = (word: string, at: string) => writeResult(frame, word, outputDim, at)
  const results = {
    log: `let bits = bitcast<I>(t);
var y = bitcast<I>(m + log(t));
y = select(select(I(0xff800000u), I(0x7fc00000u), m == F(${LARGEST})), y, t > F());
y = select(y, I(0x7f800000u), (bits == I(0x7f800000u)) | ((t > F()) & (m == F(${LARGEST}))));
y = select(y, I(0x7fc00000u), (bits > I(0x80000000u)) | isNaN(t));
${write("y", "c")}`,
    ratio: `if (c == 0u) {
whole = t;
continue;
}
let y = select(I(0x7fc00000u), bitcast<I>(t / whole), whole > F());
${write("y", "c - 1u")}`,
    parts: `let y = bitcast<I>(t);
${write("y", "c + 1u")}if (c == 0u) {
let top = select(select(bitcast<I>(m), I(0xff800000u), m == F(${LOWEST})), I(0x7f800000u), m == F(${LARGEST}));
${write("top", "0u")}}
`,
  }
  const finish = `var whole = F();
${isRatio ? "let share = bitcast<f32>((95u + countLeadingZeros(args.splits)) << 23u);\n" : ""}for (var c = 0u; c < ${dim}u; c++) {
var m = F(${LOWEST});
var s = F();
var e = F();
for (var split = 0u; split < args.splits; split++) {
let source = slot + split * ${frame.room}u * args.stride;
let m2 = ${read(shared)};
let top = max(m, m2);
let q = fall(m, top);
let p = fall(m2, top)${isRatio ? " * share" : ""};
s *= q;
e *= q;
${addTo("s", "e", `${read(`(c * ${frame.words}u)`)} * p`)}e += ${read(`(c * ${frame.words}u + 1u)`)} * p;
m = top;
}
let t = select(s + e, s, odd(s));
${results[reduction.finish ?? "log"]}}
`
  return { module: common + shifted, ...(frame.state === "register" ? registers : looped), finish }
}
