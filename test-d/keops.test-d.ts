import { expectAssignable, expectError, expectType } from "tsd"
import { type Formula, keops, type Matrix, Pm, type Reduction, type Variable, Vi, Vj } from "tskeops"

declare const data: Float32Array
declare const size: number
declare const text: string

const x = Vi("x", 3)
const y = Vj("y", 3)
const g = Pm("g", 1)

// Variables
expectType<Variable<"x", "Vi", 3>>(x)
expectType<"x">(x.name)
expectType<3>(x.dim)
expectType<"i">(x.category)
expectType<"j">(y.category)
expectType<"pm">(g.category)
expectAssignable<Formula<"x", "x = Vi(3)">>(x)
expectType<number>(Vi("x", size).dim)
expectError(Vi("x", 0))
expectError(Vi("x", 3.5))
expectError(Vj("2x", 3))
expectError(Pm("a b", 1))

// Formulas from pieces and terms
const f = keops(["Exp(-", " * SqNorm2(", " - ", "))"], g, x, y)
expectType<Formula<"Exp(-g * SqNorm2(x - y))", "g = Pm(1)" | "x = Vi(3)" | "y = Vj(3)">>(f)
expectType<"Exp(-g * SqNorm2(x - y))">(f.text)
expectType<1>(f.dim)
expectType<"ij">(f.category)
expectType<Formula<"(Exp(-g * SqNorm2(x - y))) * x + (-2)", "g = Pm(1)" | "x = Vi(3)" | "y = Vj(3)">>(
  keops(["", " * ", " + ", ""], f, x, -2),
)
expectType<6>(keops(["Concat(", ", ", ")"], x, y).dim)
expectError(keops(["SqDist(", ", ", ")"], x, Vj("z", 2)))
expectError(keops(["", " - ", ""], x, Vj("x", 3)))
expectError(keops(["", " - "], x, y))
expectError(keops(["exp(", ")"], x))

// Formulas from one text
expectType<Formula<"x - y * x", "x = Vi(3)" | "y = Vj(3)">>(keops("$<x:Vi(3)> - $<y:Vj(3)> * $<x>"))
expectType<1>(keops("2 + 3").dim)
expectError(keops("$<x> + 1"))
expectError(keops("$<x:Vi(0)> + 1"))
expectError(keops("$<x:Vi(3)> + z"))

// What is known at run time only
expectType<number>(keops(text).dim)
expectType<string>(keops`Exp(${x})`.text)
expectType<number>(keops(["Exp(", ")"], Vi("x", size)).dim)

// Reductions
expectType<Reduction<"Exp(-g * SqNorm2(x - y))", "g = Pm(1)" | "x = Vi(3)" | "y = Vj(3)", "Sum", "j">>(f.sum())
expectType<Promise<Matrix<"i", 1>>>(f.sum()({ x: data, y: data, g: data }))
expectType<Promise<Matrix<"i", 1>>>(f.sum()({ x: new Int32Array(3), y: new Uint8Array(3), g: 2 }))
expectType<Promise<Matrix<"i", 1>>>(f.sum()({ x: [data, data], y: [new Int16Array(3), [1, 2, 3]], g: new Float64Array(1) }))
expectType<Promise<Matrix<"i", 1>>>(f.sum()({ x: new Float32Array(new SharedArrayBuffer(12)), y: data, g: [0.5] }))
expectError(f.sum()({ x: 2, y: data, g: 2 }))
expectError(f.sum()({ x: new BigInt64Array(3), y: data, g: 2 }))
expectError(keops(["", " * ", ""], x, Pm("h", 2)).sum()({ x: data, h: 2 }))
expectType<Promise<Matrix<"j", 1>>>(f.sum({ over: "i" })({ x: data, y: data, g: data }))
expectType<Promise<Matrix<"i", 1, Int32Array>>>(f.argMax()({ x: data, y: [1, 2, 3], g: [[0.5]] }))
expectType<Promise<Matrix<"i", 12>>>(keops(["", " - ", ""], x, y).kMin(4)({ x: data, y: data }))
const pair = keops(["", " - ", ""], x, y).kMinArgKMin(4)({ x: data, y: data })
expectType<Promise<{ readonly values: Matrix<"i", 12>; readonly indices: Matrix<"i", 12, Int32Array> }>>(pair)
expectType<Promise<Matrix<"i", number>>>(f.kMin(size)({ x: data, y: data, g: data }))
expectType<Promise<Matrix<"i", 1>>>(f.sum().with({ backend: "wasm" })({ x: data, y: data, g: data }))
expectType<Promise<Matrix<"i", 2>>>(f.sumSoftMaxWeight(Vj("b", 2))({ x: data, y: data, g: data, b: data }))
expectType<Promise<Matrix<"j", 4>>>(f.maxSumShiftExp({ weight: y, over: "i" })({ x: data, y: data, g: data }))
expectType<Promise<Matrix<"i", 3>>>(f.logSumExp({ weight: y })({ x: data, y: data, g: data }))
expectType<Promise<Matrix<"i", 3>>>(keops(["", " - ", ""], x, y).product()({ x: data, y: data }))
expectError(f.sumSoftMaxWeight())
expectError(keops(["", " - ", ""], x, y).sumSoftMaxWeight(y))
expectError(keops(["", " - ", ""], x, y).maxSumShiftExp())
expectError(f.sum({ weight: y }))
expectError(f.kMin(0))
expectError(f.kMin(2.5))
expectError(f.kMin())
expectError(f.sum({ over: "k" }))
expectError(f.sum()({ x: data, y: data }))
expectError(f.sum()({ x: data, y: data, g: data, z: data }))
declare const two: Matrix<"i", 2>
declare const three: Matrix<"j", 3>
expectError(f.sum()({ x: two, y: data, g: data }))
expectType<Promise<Matrix<"i", 1>>>(f.sum()({ x: three, y: three, g: data }))
