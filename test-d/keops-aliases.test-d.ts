import { expectError, expectType } from "tsd"
import { genericArgKMin, genericArgMin, genericLogSumExp, genericSum, genred, type Matrix, type Reduction } from "tskeops"

declare const data: Float32Array
declare const text: string
declare const list: string[]

const conv = genericSum("Exp(-SqNorm2(x - y)) * b", "a = Vi(2)", "x = Vi(3)", "y = Vj(3)", "b = Vj(2)")
expectType<Reduction<"Exp(-SqNorm2(x - y)) * b", readonly ["x = Vi(3)", "y = Vj(3)", "b = Vj(2)"], "Sum", "j">>(conv)
expectType<Promise<Matrix<"i", 2>>>(conv(data, [[1, 2, 3]], data))
expectType<Reduction<"x", readonly ["x = Vi(3)"], "Sum", "i">>(genericSum("x", "a=Vj(3)", " x=Vi( 3 ) "))
expectType<Promise<Matrix<"j", 1>>>(genericLogSumExp("SqDist(x, y)", "a = Vj(1)", "x = Vi(3)", "y = Vj(3)")(data, data))
expectType<Promise<Matrix<"i", 1, Int32Array>>>(genericArgMin("SqDist(x, y)", "a = Vi(1)", "x = Vi(9)", "y = Vj(9)")(data, data))
expectType<Promise<Matrix<"i", 3, Int32Array>>>(genericArgKMin("SqDist(x, y)", "a = Vi(3)", "x = Vi(9)", "y = Vj(9)")(data, data))
expectType<Promise<Matrix<"i", 6, Int32Array>>>(genericArgKMin("x - y", "a = Vi(3)", "x = Vi(2)", "y = Vj(2)")(data, data))

const general = genred("Square(p - a) * Exp(x + y)", ["p = Pm(1)", "x = Vi(3)", "y = Vj(3)", "a = Vj(1)"], { reduction: "Sum", over: "i" })
expectType<Promise<Matrix<"j", 3>>>(general(data, data, data, data))
const placed = genred("x - y", ["y = Vj(1, 3)", "x = Vi(0, 3)"], { reduction: "KMin", k: 4 })
expectType<Reduction<"x - y", readonly ["x = Vi(3)", "y = Vj(3)"], "KMin", "j", 4>>(placed)

// Unused aliases are allowed, and an alias may have an operation's name.
expectType<Promise<Matrix<"i", 3>>>(genericSum("Exp(x) * Exp", "a = Vi(3)", "x = Vi(3)", "Exp = Pm(1)", "unused = Vj(7)")(data, data, data))

// What is known at run time only
expectType<Promise<Matrix<"i", number>>>(genericSum(text, "a = Vi(1)", "x = Vi(3)")(data))
genred(text, list, { reduction: "Sum" })(data, data)

expectError(genericSum("SqDist(x, z)", "a = Vi(1)", "x = Vi(3)", "z = Vj(2)"))
expectError(genericSum("SqNorm2(x)", "a = Vi(2)", "x = Vi(3)"))
expectError(genericArgMin("x", "a = Vi(1)", "x = Vi(3)"))
expectError(genericSum("x", "a = Pm(3)", "x = Vi(3)"))
expectError(genericSum("x", "a = Vi(3)", "x = Vk(3)"))
expectError(genericSum("x", "a = Vi(3)", "x = Vi(3)", "x = Vj(3)"))
expectError(genred("x", ["x = Vi(1, 3)"], { reduction: "Sum" }))
expectError(genred("x", ["x = Vi(3)"], { reduction: "Median" }))
expectError(genred("x", ["x = Vi(3)"], { reduction: "KMin" }))
expectError(genred("x", ["x = Vi(3)"], { reduction: "Sum", k: 2 }))
expectError(conv(data, data))
declare const two: Matrix<"i", 2>
expectError(conv(two, data, data))
