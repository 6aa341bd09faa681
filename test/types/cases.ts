// Calls of the public API as users write them: valid ones, which every compiler must accept, and invalid ones with the expected error.

export const head = `import { genericArgKMin, genericArgMin, genericLogSumExp, genericSum, genred, keops, Pm, Vi, Vj, type Formula, type Matrix, type MatrixArg, type Reduction } from "tskeops"
declare const n: number, text: string, list: string[], two: Matrix<"i", 2>, data: Float32Array
declare function is<const T>(): <const U>(value: U & ([T] extends [U] ? ([U] extends [T] ? unknown : never) : never)) => void
const x = Vi("x", 3), y = Vj("y", 3), g = Pm("g", 1)
const f = keops(["Exp(-", " * SqNorm2(", " - ", "))"], g, x, y)
const conv = genericSum("Exp(-SqNorm2(x - y)) * b", "a = Vi(2)", "x = Vi(3)", "y = Vj(3)", "b = Vj(2)")
`

export const right: readonly string[] = [
  `is<1>()(f.dim)`,
  `is<"ij">()(f.category)`,
  `is<"Exp(-g * SqNorm2(x - y))">()(f.text)`,
  `is<Formula<"Exp(-g * SqNorm2(x - y))", "g = Pm(1)" | "x = Vi(3)" | "y = Vj(3)">>()(f)`,
  `is<Promise<Matrix<"i", 1>>>()(f.sum()({ x: data, y: [[1, 2, 3]], g: [0.5] }))`,
  `is<Promise<Matrix<"j", 1>>>()(f.logSumExp({ over: "i" })({ x: data, y: data, g: data }))`,
  `is<Promise<Matrix<"i", 5>>>()(f.kMin(5)({ x: data, y: data, g: data }))`,
  `is<Promise<Matrix<"i", 15, Int32Array>>>()(keops(["", " - ", ""], x, y).argKMin(5)({ x: data, y: data }))`,
  `is<Promise<{ readonly values: Matrix<"i", 3>; readonly indices: Matrix<"i", 3, Int32Array> }>>()(keops("$<x:Vi(3)> - $<y:Vj(3)> * x").minArgMin()({ x: data, y: data }))`,
  `is<Formula<"(Exp(-g * SqNorm2(x - y))) * (-2) + x", "g = Pm(1)" | "x = Vi(3)" | "y = Vj(3)">>()(keops(["", " * ", " + ", ""], f, -2, x))`,
  `is<"pm">()(keops(["Exp(", ")"], g).category)`,
  `is<Promise<Matrix<"i", 2>>>()(conv(data, [[1, 2, 3]], data))`,
  `is<Promise<Matrix<"i", 2>>>()(conv.with({ backend: "wasm" })(data, data, data))`,
  `is<Reduction<"x", readonly ["x = Vi(3)"], "Sum", "j">>()(genericSum("x", "a=Vi(3)", " x=Vi( 3 ) "))`,
  `is<Promise<Matrix<"j", 1>>>()(genericLogSumExp("(-(g * SqNorm2(x - y))) + b", "a = Vj(1)", "x = Vi(3)", "y = Vj(3)", "g = Pm(1)", "b = Vj(1)")(data, data, data, data))`,
  `is<Promise<Matrix<"i", 1, Int32Array>>>()(genericArgMin("SqDist(x, y)", "a = Vi(1)", "x = Vi(100)", "y = Vj(100)")(data, data))`,
  `is<Promise<Matrix<"i", 3, Int32Array>>>()(genericArgKMin("SqDist(x, y)", "a = Vi(3)", "x = Vi(100)", "y = Vj(100)")(data, data))`,
  `is<Promise<Matrix<"j", 3>>>()(genred("Square(p - a) * Exp(x + y)", ["p = Pm(1)", "x = Vi(3)", "y = Vj(3)", "a = Vj(1)"], { reduction: "Sum", over: "i" })(data, data, data, data))`,
  `is<Reduction<"x - y", readonly ["x = Vi(3)", "y = Vj(3)"], "KMin", "j", 4>>()(genred("x - y", ["y = Vj(1, 3)", "x = Vi(0, 3)"], { reduction: "KMin", k: 4 }))`,
  `is<Promise<Matrix<"i", 2>>>()(f.sumSoftMaxWeight(Vj("b", 2))({ x: data, y: data, g: data, b: data }))`,
  `is<Promise<Matrix<"j", 4>>>()(f.maxSumShiftExp({ weight: keops(["", " * ", ""], y, Vi("s", 1)), over: "i" })({ x: data, y: data, g: data, s: data }))`,
  `is<Promise<Matrix<"i", 2>>>()(f.maxSumShiftExp()({ x: data, y: data, g: data }))`,
  `is<Promise<Matrix<"j", 3>>>()(f.logSumExp({ weight: y, over: "i" })({ x: data, y: data, g: data }))`,
  `is<Promise<Matrix<"i", 3>>>()(keops(["", " - ", ""], x, y).logSumExp()({ x: data, y: data }))`,
  `is<Promise<Matrix<"i", 3>>>()(keops(["", " - ", ""], x, y).product()({ x: data, y: data }))`,
  `is<Reduction<"SqDist(x, y)", readonly ["x = Vi(3)", "y = Vj(3)"], "SumSoftMaxWeight", "j", 0, "x - y">>()(genred("SqDist(x, y)", ["x = Vi(3)", "y = Vj(3)"], { reduction: "SumSoftMaxWeight", weight: "x - y" }))`,
  `is<Promise<Matrix<"i", 4>>>()(genred("SqDist(x, y)", ["x = Vi(3)", "y = Vj(3)"], { reduction: "Max_SumShiftExp", weight: "x - y" })(data, data))`,
  `genred("SqDist(x, y)", ["x = Vi(3)", "y = Vj(3)"], { reduction: "LogSumExp", weight: text })(data, data)`,
  `genericSum("Var(1, 3, 1) - Var(0, 3, 0)", "a = Vi(3)", "x = Vi(3)", "y = Vj(3)")`,
  `genericSum("x + 0 * Exp", "a = Vi(3)", "x = Vi(3)", "unused = Vj(2)", "Exp = Vi(1)")`,
  `genericSum(text, "a = Vi(1)", "x = Vi(3)")(data)`,
  `genericSum("x", "a = Vi(1)", text)`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code in a string
  'genericSum(`Exp(${text})`, "a = Vi(1)", `x = Vi(${n})`)(data)',
  `genred(text, list, { reduction: "Sum" })(data, data)`,
  `genred("x", ["x = Vi(3)"], { reduction: "KMin", k: n })(data)`,
  `keops(["Exp(", " - ", ")"], Vi("x", n), y).sum()({ x: data, y: data })`,
  `keops(text).sum()({ anything: data })`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code in a string
  "keops`Exp(${x} - ${2})`.sum()({ x: data })",
  `keops("2 + 3").sum()()`,
  `const z: MatrixArg<"z", 3> = data; conv(z, z, data)`,
]

const differ = "dimensions 3 and 2 differ; they must be equal, or one of them 1"
const scalar = "shares one maximum among its sums: the formula must have dimension 1, got 3"

export const wrong: readonly (readonly [code: string, said: string])[] = [
  [`genericSum("SqDist(x, y)", "a = Vi(1)", "x = Vi(3)", "y = Vj(2)")`, `in \`SqDist(x, y)\`: ${differ}`],
  [`genericArgMin("x - z", "a = Vi(3)", "x = Vi(3)", "z = Vj(2)")`, `in \`x - z\`: ${differ}`],
  [`genred("x - z", ["x = Vi(3)", "z = Vj(2)"], { reduction: "Sum" })`, `in \`x - z\`: ${differ}`],
  [`keops(["SqDist(", ", ", ")"], x, Vj("z", 2))`, `in \`SqDist(x, z)\`: ${differ}`],
  [`keops("$<x:Vi(3)> - $<z:Vi(2)>")`, `in \`x - z\`: ${differ}`],
  [`genericSum("exp(x)", "a = Vi(3)", "x = Vi(3)")`, "unknown operation `exp` (did you mean `Exp`?)"],
  [`genericSum("Exp(x) + q", "a = Vi(3)", "x = Vi(3)")`, "unknown variable `q`; declare it"],
  [`genericSum("Exp(x", "a = Vi(3)", "x = Vi(3)")`, "`)` is missing to close `Exp(x`"],
  [`genericSum("SqNorm2(x)", "a = Vi(2)", "x = Vi(3)")`, "the output `a = Vi(2)` does not fit: the formula has dimension 1"],
  [`genericSum("x", "a = Pm(3)", "x = Vi(3)")`, "the output `a = Pm(3)` must be Vi or Vj"],
  [`genericSum("x", "a", "x = Vi(3)")`, "`a` is not an alias; write it like `x = Vi(3)`"],
  [`genericSum("x", "a = Vi(3)", "x = Vk(3)")`, "in `x = Vk(3)`: the category `Vk` must be Vi, Vj or Pm"],
  [`genericSum("x", "a = Vi(3)", "x = Vi(0)")`, "in `x = Vi(0)`: the dimension `0` must be an integer from 1 to 16777216"],
  [`genericSum("x", "a = Vi(3)", "x = Vi(3.5)")`, "in `x = Vi(3.5)`: the dimension `3.5` must be an integer from 1 to 16777216"],
  [
    `genericSum("x", "a = Vi(3)", "2x = Vi(3)")`,
    "in `2x = Vi(3)`: `2x` is not a name; names have letters, digits and _, and begin with no digit",
  ],
  [`genericSum("x", "a = Vi(3)", "x = Vi(3)", "x = Vj(3)")`, "`x` is declared twice; give each variable its own name"],
  [
    `genred("x", ["x = Vi(1, 3)"], { reduction: "Sum" })`,
    "the positions of aliases must be 0, 1, 2 and so on; leave them out to count in order",
  ],
  [`genred("x", ["x = Vi(3)"], { reduction: "Median" })`, `"Median"`],
  [`genred("x", ["x = Vi(3)"], { reduction: "KMin" })`, "KMin needs K, 1 or more: add `k: 5` to the options"],
  [
    `genred("x", ["x = Vi(3)"], { reduction: "KMin", k: 1.5 })`,
    "K, the number of entries to keep, must be an integer from 1 to 65536, got 1.5",
  ],
  [`genred("x", ["x = Vi(3)"], { reduction: "Sum", k: 2 })`, "Sum accepts no K; leave `k` out"],
  [`f.kMin(0)`, "K, the number of entries to keep, must be an integer from 1 to 65536, got 0"],
  [`keops(["", " - ", ""], x, y).sumSoftMaxWeight(y)`, `SumSoftMaxWeight ${scalar}`],
  [`keops(["", " - ", ""], x, y).logSumExp({ weight: y })`, `LogSumExp ${scalar}`],
  [`keops(["", " - ", ""], x, y).maxSumShiftExp()`, `Max_SumShiftExp ${scalar}`],
  [`f.sumSoftMaxWeight()`, "Expected 1-2 arguments, but got 0"],
  [`f.sumSoftMaxWeight(Vj("x", 3))`, "`x` is declared in two ways; give each variable its own name"],
  [`f.sum({ weight: y })`, "'weight'"],
  [`genred("x - y", ["x = Vi(3)", "y = Vj(3)"], { reduction: "SumSoftMaxWeight", weight: "y" })`, `SumSoftMaxWeight ${scalar}`],
  [`genred("x - y", ["x = Vi(3)", "y = Vj(3)"], { reduction: "Max_SumShiftExp" })`, `Max_SumShiftExp ${scalar}`],
  [
    `genred("x | y", ["x = Vi(3)", "y = Vj(3)"], { reduction: "SumSoftMaxWeight" })`,
    "SumSoftMaxWeight needs a weight: give a second formula as `weight`",
  ],
  [`genred("x | y", ["x = Vi(3)", "y = Vj(3)"], { reduction: "Sum", weight: "y" })`, "Sum accepts no weight; leave `weight` out"],
  [`genred("x | y", ["x = Vi(3)", "y = Vj(3)"], { reduction: "LogSumExp", weight: "y - q" })`, "unknown variable `q`; declare it"],
  [`f.sum({ over: "k" })`, `"k"`],
  [`keops(["Exp(", " - "], x, y)`, "got 2 pieces and 2 terms; give an array with one piece more than terms"],
  [`keops(["", " - ", ""], x, Vj("x", 3))`, "`x` is declared in two ways; give each variable its own name"],
  [`keops("Exp($<x>)")`, "`$<x>` is not declared in this text; write for example `$<x:Vi(3)>`"],
  [`keops("Exp($<x:Vi(0)>)")`, "in `x = Vi(0)`: the dimension `0` must be an integer from 1 to 16777216"],
  [`Vi("2x", 3)`, "in `2x = Vi(3)`: `2x` is not a name; names have letters, digits and _, and begin with no digit"],
  [`Vi("x", 16777217)`, "in `x = Vi(16777217)`: the dimension `16777217` must be an integer from 1 to 16777216"],
  [`Pm("x", 1e30)`, "in `x = Pm(1e+30)`: the dimension `1e+30` must be an integer from 1 to 16777216"],
  [
    `genericSum("x", "a = Vi(1)", "x = Vi(123456789)")`,
    "in `x = Vi(123456789)`: the dimension `123456789` must be an integer from 1 to 16777216",
  ],
  [`f.kMin(65537)`, "K, the number of entries to keep, must be an integer from 1 to 65536, got 65537"],
  [
    `genericArgKMin("SqDist(x, y)", "a = Vi(70000)", "x = Vi(3)", "y = Vj(3)")`,
    "K, the number of entries to keep, must be an integer from 1 to 65536, got 70000",
  ],
  [
    `genericSum("Sum(SumT(s, 4294967301))", "a = Vi(1)", "s = Vi(1)")`,
    "in `SumT(s, 4294967301)`: the result has more than 16777216 components; no vector may have more",
  ],
  [
    `genericSum("Sum(TensorProd(s, s))", "a = Vi(1)", "s = Vi(5000)")`,
    "in `TensorProd(s, s)`: the result has more than 16777216 components; no vector may have more",
  ],
  [
    `genericSum("Pow(s, -16777217)", "a = Vi(1)", "s = Vi(1)")`,
    "in `Pow(s, -16777217)`: argument 2 must be an integer from -16777216 to 16777216",
  ],
  [`Vj("x", 0)`, "in `x = Vj(0)`: the dimension `0` must be an integer from 1 to 16777216"],
  [`Pm("x", 2.5)`, "in `x = Pm(2.5)`: the dimension `2.5` must be an integer from 1 to 16777216"],
  [`f.sum()({ x: data, y: data })`, `MatrixArg<"g", 1>`],
  [`f.sum()({ x: data, y: data, g: data, z: data })`, "'z'"],
  [`f.sum()({ x: two, y: data, g: data })`, `MatrixArg<"x", 3>`],
  [`conv(two, data, data)`, `MatrixArg<"x", 3>`],
  [`conv(data, data)`, "Expected 3 arguments, but got 2"],
]
