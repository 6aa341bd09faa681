import { expectError, expectType } from "tsd"
import { type AnyOperation, defineOperation, genericSum, genred, keops, type Matrix, type OwnOperation, Vi, Vj } from "tskeops"

declare const data: Float32Array
declare const text: string
declare const some: AnyOperation

const x = Vi("x", 3)
const y = Vj("y", 3)

type GaussText = "operation Gauss(f, g): pair; means Exp(-SqDist(f, g))"
const Gauss = defineOperation({ name: "Gauss", args: ["f", "g"], shape: "pair", means: "Exp(-SqDist(f, g))" })
expectType<OwnOperation<"Gauss", GaussText>>(Gauss)

// What it uses travels with it
const Half = defineOperation({ name: "Half", args: ["f"], shape: "same", uses: [], means: "f / 2" })
expectType<OwnOperation<"Half", "operation Half(f): same; means f / 2">>(Half)
const Bell = defineOperation({
  name: "Bell",
  args: ["f", "g"],
  shape: "pair",
  uses: [Gauss, Half],
  means: "Half(Gauss(f, g))",
  gradient: { f: "Half(e) * f", g: null },
})
type BellText = "operation Bell(f, g): pair; uses Gauss, Half; means Half(Gauss(f, g)); gradient f: Half(e) * f; gradient g: null"
expectType<OwnOperation<"Bell", BellText | GaussText | "operation Half(f): same; means f / 2">>(Bell)
const f = keops(["", "(", ", ", ") * ", ""], Bell, x, y, x)
expectType<"Bell(x, y) * x">(f.text)
expectType<3>(f.dim)
expectType<Promise<Matrix<"i", 3>>>(f.sum()({ x: data, y: data }))
expectError(keops(["", "(", ")"], Bell, x))

// Among the aliases; it is no input
const sum = genericSum("Bell(x, y)", "a = Vi(1)", "x = Vi(3)", Bell, "y = Vj(3)")
expectType<Promise<Matrix<"i", 1>>>(sum(data, data))
expectType<Promise<Matrix<"j", 3>>>(sum.grad("y")(data, data, data))
expectError(sum(data, data, data))
const max = genred("Half(x - y)", [Half, "y = Vj(1, 3)", "x = Vi(0, 3)"], { reduction: "Max" })
expectType<Promise<Matrix<"i", 3>>>(max(data, data))
expectError(genericSum("Bell(x, y)", "a = Vi(2)", "x = Vi(3)", Bell, "y = Vj(3)"))
expectError(genericSum("Bell(x, y)", "a = Vi(1)", "x = Vi(3)", Half, "y = Vj(3)"))
expectError(genericSum("Half(x)", "a = Vi(3)", "x = Vi(3)", Half, "x = Vj(3)"))
expectError(genred("Half(x)", [Half, "x = Vi(1, 3)"], { reduction: "Sum" }))

// Mistakes of syntax and names stand at the definition
expectError(defineOperation({ name: "Exp", args: ["f"], shape: "same", means: "f" }))
expectError(defineOperation({ name: "Mine", args: ["f", "g"], shape: "same", means: "f" }))
expectError(defineOperation({ name: "Mine", args: ["f", "f"], shape: "pair", means: "f" }))
expectError(defineOperation({ name: "Mine", args: ["e"], shape: "same", means: "e" }))
expectError(defineOperation({ name: "Mine", args: ["f"], shape: "same" }))
expectError(defineOperation({ name: "Mine", args: ["f"], shape: "same", means: "f", scalar: "f" }))
expectError(defineOperation({ name: "Mine", args: ["f"], shape: "scalar", scalar: "f" }))
expectError(defineOperation({ name: "Mine", args: ["f", "n"], shape: "sameInteger", means: "f" }))
expectError(defineOperation({ name: "Mine", args: ["f"], shape: "same", means: "f *" }))
expectError(defineOperation({ name: "Mine", args: ["f"], shape: "same", means: "exp(f)" }))
expectError(defineOperation({ name: "Mine", args: ["f"], shape: "same", means: "Exp(g)" }))
expectError(defineOperation({ name: "Mine", args: ["f"], shape: "same", means: "Exp(f, f)" }))
expectError(defineOperation({ name: "Mine", args: ["f"], shape: "same", means: "f; gradient f: e" }))
expectError(defineOperation({ name: "Mine", args: ["f"], shape: "same", scalar: "f; gradient f: e" }))
expectError(defineOperation({ name: "Mine", args: ["f"], shape: "same", means: "Half(f)" }))
expectError(defineOperation({ name: "Mine", args: ["f", "g"], shape: "pair", uses: [Bell], means: "Gauss(f, g)" }))
expectError(defineOperation({ name: "Mine", args: ["f"], shape: "same", means: "f", gradient: { f: "e * F" } }))
expectError(defineOperation({ name: "Mine", args: ["f"], shape: "same", means: "f", gradient: { g: "e" } }))
expectError(defineOperation({ name: "Mine", args: ["f"], shape: "same", uses: [x], means: "f" }))

// What depends on dimensions does not
defineOperation({ name: "Mine", args: ["f"], shape: "same", means: "Elem(f, 7) * Concat(f, f) - Conj(f)" })
defineOperation({ name: "Mine", args: ["A", "f"], shape: "matrixVector", means: "MatVecMult(A, f) + Extract(A, 2, 9)", gradient: null })

// What is known at run time only
defineOperation({ name: "Mine", args: ["f"], shape: "same", means: text })
defineOperation({ name: "Mine", args: ["f"], shape: "same", uses: [some], means: "Unknown(f)" })
expectType<number>(keops(["", "(", ")"], some, x).dim)
