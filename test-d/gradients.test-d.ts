import { expectError, expectType } from "tsd"
import { type Gradient, genericArgMin, genericSum, genred, keops, type Matrix, Pm, type Reduction, Vi, Vj } from "tskeops"

declare const data: Float32Array
declare const name: string

const [x, y, g] = [Vi("x", 3), Vj("y", 3), Pm("g", 1)]
const density = keops(["Exp(-", " * SqNorm2(", " - ", "))"], g, x, y).sum()

// A sum has a gradient that is a reduction, with gradients of its own
const gx = density.grad("x")
expectType<
  Reduction<"Grad(Exp(-g * SqNorm2(x - y)), x, cotangent)", "g = Pm(1)" | "x = Vi(3)" | "y = Vj(3)" | "cotangent = Vi(1)", "Sum", "j">
>(gx)
expectType<Promise<Matrix<"i", 3>>>(gx({ x: data, y: data, g: [1], cotangent: data }))
expectType<Promise<Matrix<"j", 3>>>(density.grad("y")({ x: data, y: data, g: [1], cotangent: data }))
expectType<Promise<Matrix<"pm", 1>>>(density.grad("g")({ x: data, y: data, g: [1], cotangent: data }))
expectType<Promise<Matrix<"j", 3>>>(gx.grad("y")({ x: data, y: data, g: [1], cotangent: data, cotangent2: data }))
expectType<Promise<Matrix<"i", 1>>>(gx.grad("cotangent")({ x: data, y: data, g: [1], cotangent: data, cotangent2: data }))
expectError(gx({ x: data, y: data, g: [1] }))
expectError(gx.grad("y")({ x: data, y: data, g: [1], cotangent: data }))

// The cotangent has the shape of what the reduction gives
const nearest = keops(["SqDist(", ", ", ")"], x, y).kMin(4, { over: "i" })
expectType<Gradient<"SqDist(x, y)", "x = Vi(3)" | "y = Vj(3)", "KMin", "i", 4, "", "x">>(nearest.grad("x"))
declare const four: Matrix<"j", 4>
declare const five: Matrix<"j", 5>
expectType<Promise<Matrix<"i", 3>>>(nearest.grad("x")({ x: data, y: data, cotangent: four }))
expectError(nearest.grad("x")({ x: data, y: data, cotangent: five }))
expectType<Promise<Matrix<"j", 3>>>(nearest.grad("y").with({ backend: "wasm" })({ x: data, y: data, cotangent: four }))

// A gradient of several steps has gradients too; the next cotangent has the shape of what it gives
const second = nearest.grad("x").grad("y")
expectType<Gradient<"SqDist(x, y)", "x = Vi(3)" | "y = Vj(3)" | "cotangent = Vj(4)", "KMin", "i", 4, "", "y", readonly ["x"]>>(second)
declare const points: Matrix<"i", 3>
expectType<Promise<Matrix<"j", 3>>>(second({ x: data, y: data, cotangent: four, cotangent2: points }))
expectError(second({ x: data, y: data, cotangent: four, cotangent2: four }))
expectError(second({ x: data, y: data, cotangent: four }))
expectType<Promise<Matrix<"j", 4>>>(nearest.grad("x").grad("cotangent")({ x: data, y: data, cotangent: four, cotangent2: points }))
expectType<Promise<Matrix<"i", 3>>>(second.grad("x")({ x: data, y: data, cotangent: four, cotangent2: points, cotangent3: data }))
expectType<Promise<Matrix<"i", 3>>>(density.grad("g").grad("x")({ x: data, y: data, g: [1], cotangent: data, cotangent2: [1] }))

// Positional reductions take it last
const sum = genericSum("Exp(-SqNorm2(x - y))", "a = Vj(1)", "x = Vi(3)", "y = Vj(3)")
expectType<Promise<Matrix<"i", 3>>>(sum.grad("x")(data, data, data))
expectError(sum.grad("x")(data, data))
const soft = genred("SqDist(x, y)", ["x = Vi(3)", "y = Vj(3)", "w = Vj(2)"], { reduction: "SumSoftMaxWeight", weight: "w" })
declare const two: Matrix<"i", 2>
declare const three: Matrix<"i", 3>
expectType<Promise<Matrix<"j", 2>>>(soft.grad("w")(data, data, data, two))
expectError(soft.grad("w")(data, data, data, three))
expectType<Promise<Matrix<"i", 3>>>(soft.grad("w").grad("x")(data, data, data, two, data))

// Value and gradients
const both = density.valueAndGrad(["x", "g"])({ x: data, y: data, g: [1], cotangent: data })
expectType<Promise<{ readonly value: Matrix<"i", 1>; readonly gradients: { readonly x: Matrix<"i", 3>; readonly g: Matrix<"pm", 1> } }>>(
  both,
)

// What there is no gradient of
expectError(density.grad("z"))
expectError(density.valueAndGrad(["x", "z"]))
expectError(genericArgMin("SqDist(x, y)", "a = Vi(1)", "x = Vi(3)", "y = Vj(3)").grad("x"))
expectError(nearest.grad("x").grad("z"))
expectError(keops(["", " * ", ""], x, y).product().grad("x").grad("x"))
expectError(density.valueAndGrad(["x"]).grad("x"))
density.grad(name)
