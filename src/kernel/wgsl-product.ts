// The family `product` in WGSL: a plain product for each component, one word of state.
import { cells, type Family, transfer, writeResult } from "./wgsl-family.ts"

export const product: Family = (program, frame) => {
  const { dim } = program
  const names = Array.from({ length: frame.state === "register" ? dim : 0 }, (_, component) => `p${component}`)
  const { get, set, ...memory } = cells(frame)
  const kept = frame.state === "register" ? transfer(names, frame.total, "F") : memory
  const fill = `for (var c = 0u; c < ${dim}u; c++) {\n${set("c", frame.state === "array" ? "F(1f)" : "1f")}}\n`
  return {
    module: "",
    begin: frame.state === "register" ? names.map((name) => `var ${name} = F(1f);\n`).join("") : memory.begin(fill),
    load: kept.load,
    store: kept.store,
    tileBegin: "",
    tileEnd: "",
    take(c, values) {
      const factors = values.map((value) => ` * (${value})`).join("")
      if (frame.state === "register") return `p${c} = p${c}${factors};\n`
      const word = typeof c === "number" ? `${c}u` : c
      return set(word, `${get(word)}${factors}`)
    },
    finish: `for (var c = 0u; c < ${dim}u; c++) {
var p = F(1f);
for (var split = 0u; split < args.splits; split++) {
p *= bitcast<F>(recall(slot + (split * ${frame.room}u + c) * args.stride));
}
let y = bitcast<I>(p);
${writeResult(frame, "y", dim, "c")}}
`,
  }
}
