// The family `product` in WGSL: for each component two words, a product and the powers of two taken out of it (product-state.ts).
import { MOST_PRODUCT_POWERS, PRODUCT_MOST, PRODUCT_POWER } from "../../reductions/product-state.ts"
import { type Reducer, stateWords, transfer, writeResult } from "./reducer.ts"

const F = (number: number) => `F(${number}f)`
/** `powers` counts the powers to take out of a number, `even` takes them out, the last multiplies a product by a factor. */
const module = `fn powers(x: F) -> F { return select(select(F(), F(-1f), abs(x) < ${F(1 / PRODUCT_MOST)}), F(1f), abs(x) > ${F(PRODUCT_MOST)}); }
fn even(x: F, n: F) -> F { return x * select(select(F(1f), ${F(PRODUCT_POWER)}, n < F()), ${F(1 / PRODUCT_POWER)}, n > F()); }
fn times(p: ptr<function, F>, n: ptr<function, F>, x: F) {
let k = powers(x);
let y = *p * even(x, k);
let l = powers(y);
*p = even(y, l);
*n += k + l;
}
`

export const productReducer: Reducer = (program, layout) => {
  const { dim } = program
  const components = Array.from({ length: layout.state === "register" ? dim : 0 }, (_, component) => component)
  const { get, set, ...memory } = stateWords(layout)
  const one = layout.state === "array" ? "F(1f)" : "1f"
  const none = layout.state === "array" ? "F()" : "0f"
  const kept =
    layout.state === "register"
      ? transfer(
          components.flatMap((c) => [`p${c}`, `n${c}`]),
          layout.total,
          "F",
        )
      : memory
  const fill = `for (var c = 0u; c < ${dim}u; c++) {\n${set("2u * c", one)}${set("2u * c + 1u", none)}}\n`
  const adding = (p: string, n: string, values: readonly string[]) => values.map((value) => `times(&${p}, &${n}, ${value});\n`).join("")
  return {
    module,
    begin: layout.state === "register" ? components.map((c) => `var p${c} = F(1f);\nvar n${c} = F();\n`).join("") : memory.begin(fill),
    load: kept.load,
    store: kept.store,
    tileBegin: "",
    tileEnd: "",
    take(c, values) {
      if (layout.state === "register") return adding(`p${c}`, `n${c}`, values)
      return `{
let at = 2u * (${c}${typeof c === "number" ? "u" : ""});
var p = ${get("at")};
var n = ${get("at + 1u")};
${adding("p", "n", values)}${set("at", "p")}${set("at + 1u", "n")}}
`
    },
    finish: `for (var c = 0u; c < ${dim}u; c++) {
var p = F(1f);
var n = F();
for (var split = 0u; split < args.splits; split++) {
let at = slot + (split * ${layout.room}u + 2u * c) * args.stride;
times(&p, &n, bitcast<F>(recall(at)));
n += bitcast<F>(recall(at + args.stride));
}
for (var k = 0; k < ${MOST_PRODUCT_POWERS}; k++) {
let more = select(select(F(), F(1f), n < F()), F(-1f), n > F());
p = even(p, more);
n += more;
}
let y = bitcast<I>(p);
${writeResult(layout, "y", dim, "c")}}
`,
  }
}
