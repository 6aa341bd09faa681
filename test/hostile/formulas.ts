// Formulas, aliases and options that nobody should write, each as arguments of `genred`; and whether there is a result or a sentence.
export type Hostile = readonly [
  name: string,
  ends: "result" | "sentence" | RegExp,
  formula: unknown,
  aliases: unknown,
  options?: object,
  wrt?: string,
]

const xy = ["x = Vi(1)", "y = Vj(1)"]
const sum = { reduction: "Sum" }
const list = (count: number, item: (k: number) => string) => Array.from({ length: count }, (_, k) => item(k))
const within = (name: string, count: number) => `${`${name}(`.repeat(count)}x * y${")".repeat(count)}`
const gradients = (depth: number): string => (depth === 0 ? "Exp(x * y) * Sin(x) * x" : `Grad(${gradients(depth - 1)}, x, 1)`)
const laplacians = (depth: number): string => (depth === 0 ? "(1 + Norm2(x)) * Exp(-Norm2(x))" : `Laplacian(${laplacians(depth - 1)}, x)`)
const horner = (degree: number) => `${"(0.5 + x * ".repeat(degree)}y${")".repeat(degree)}`
const nines = "9".repeat(300)
const axes = list(3000, String).join(", ")
const ones = list(3000, () => "1").join(", ")
const operations = /beyond 20000 operations/
const characters = /more than 100000 characters/
const components = /more than 16777216 components/

export const hostile: readonly Hostile[] = [
  // length and depth
  ["parentheses x 100,000", characters, `${"(".repeat(1e5)}x${")".repeat(1e5)}`, xy],
  ["parentheses x 40,000", "result", `${"(".repeat(4e4)}x${")".repeat(4e4)}`, xy],
  ["opening parentheses x 90,000", "sentence", "(".repeat(9e4), xy],
  ["closing parentheses x 90,000", "sentence", `x${")".repeat(9e4)}`, xy],
  ["brackets x 90,000", "sentence", "[".repeat(9e4), xy],
  ["opening calls x 20,000", "sentence", "Exp(".repeat(2e4), xy],
  ["minus signs x 1,001", "result", `${"-".repeat(1001)}x`, xy],
  ["minus signs x 90,000", "result", `${"-".repeat(9e4)}x`, xy],
  ["not closed minus signs", "sentence", "-".repeat(9e4), xy],
  ["a sum of 5,000 terms", "result", list(5000, (k) => `x * ${k}`).join(" + "), xy],
  ["a sum of 30,000 terms", operations, list(30000, () => "x").join("+"), xy],
  ["a sum of 3,000 pairs", "result", list(3000, (k) => `x * y * ${k}`).join(" - "), xy],
  ["its gradient", "result", list(1000, (k) => `x * y * ${k}`).join(" + "), xy, sum, "x"],
  ["a power of powers x 700", "result", `${"x ** ".repeat(700)}x`, xy],
  ["a power of powers x 20,000", operations, `${"x ** ".repeat(19000)}x`, xy],
  ["Sin within Sin x 1,000", "result", within("Sin", 1000), xy],
  ["Sin within Sin x 10,000", "result", within("Sin", 10000), xy],
  ["Sqrt within Sqrt x 3,000", "result", within("Sqrt", 3000), xy],
  ["Sum within Sum x 14,000", "result", within("Sum", 14000), xy],
  ["Concat within Concat x 10,000", /are nested/, `Sum(${"Concat(x, ".repeat(9000)}y${")".repeat(9000)})`, xy],
  ["Concat within Concat x 300", "result", `Sum(${"Concat(x, ".repeat(300)}y${")".repeat(300)})`, xy],
  ["a polynomial of degree 1,000", "result", horner(1000), xy],
  ["its gradient", "result", horner(300), xy, sum, "x"],
  ["comparisons in a row", "sentence", list(1000, () => "x").join(" < "), xy],
  ["derivatives, 6 within each other", "result", gradients(6), xy],
  ["derivatives, 40 within each other", operations, gradients(40), xy],
  ["Laplacians, 5 within each other", operations, laplacians(5), ["x = Vi(3)"]],
  ["Laplacians, 8 within each other", operations, laplacians(8), ["x = Vi(3)"]],
  ["a comma x 90,000", "sentence", `Add(${",".repeat(9e4)})`, xy],
  ["spaces x 90,000", "sentence", " ".repeat(9e4), xy],
  ["a name of 90,000 letters", "sentence", "q".repeat(9e4), xy],
  ["an operation of 90,000 letters", "sentence", `${"q".repeat(9e4)}(x)`, xy],
  ["a number of 90,000 digits", "sentence", `x * 1${"0".repeat(9e4)}`, xy],
  ["a fraction of 90,000 digits", "result", `x * 0.${"1".repeat(9e4)}`, xy],
  // dimensions and integers
  ["a dimension past 2^32", components, "Sum(SumT(x, 4294967301))", xy],
  ["a tensor product past 2^24", components, "Sum(TensorProd(SumT(x, 5000), SumT(y, 5000)))", xy],
  ["a chain that doubles", components, `Sum(${"Concat(SumT(x, 16777216), ".repeat(2)}x))`, xy],
  ["a Jacobian past 2^24", components, "Sum(GradMatrix(x * y, x))", ["x = Vi(5000)", "y = Vj(5000)"]],
  ["a dimension of 300 digits", components, `Sum(SumT(x, ${nines}))`, xy],
  ["a component of 300 digits", "sentence", `Elem(x, ${nines})`, xy],
  ["an exponent of 300 digits", "sentence", `Pow(x, ${nines})`, xy],
  ["an exponent of 300 digits after **", "result", `x ** ${nines}`, xy],
  ["an exponent that float32 lacks", /from -16777216 to 16777216/, "Pow(x, 16777217)", xy],
  ["an exponent of 1e7", "result", "Pow(x, 10000000)", xy],
  ["400 decimal places", "result", "Round(x, 400)", xy],
  ["-400 decimal places", "result", "Round(x, -400)", xy],
  ["a spline of order 10^6", operations, "Sum(BSpline(SumT(x, 1000010), y, 1000000))", xy],
  ["a spline of order 1,000", operations, "Sum(BSpline(SumT(x, 1100), y, 1000))", xy],
  ["soft-DTW of 100,000 numbers", /operations for one pair/, "SoftDTW_SqDist(SumT(x, 100000), SumT(y, 100000), 1)", xy],
  ["its gradient", /table of 10000200001 numbers/, "Sum(Grad(SoftDTW_SqDist(x, y, 1), x, 1))", ["x = Vi(100000)", "y = Vj(100000)"]],
  ["a Laplacian in 100,000 dimensions", /operations for one pair/, "Laplacian(Exp(SqNorm2(x)), x)", ["x = Vi(100000)"]],
  ["extents x 3,000", "sentence", `TensorDot(x, y, [${ones}], [${ones}], [${axes}], [${axes}, 3000])`, xy],
  ["a list that ends nowhere", "sentence", "TensorDot(x, y, [1, 2", xy],
  // K, variables, aliases
  ["K = 10^9", /from 1 to 65536/, "x * y", xy, { reduction: "KMin", k: 1e9 }],
  ["K = 65,536", "result", "x * y", xy, { reduction: "KMin", k: 65536 }],
  ["K = infinity", "sentence", "x * y", xy, { reduction: "KMin", k: Number.POSITIVE_INFINITY }],
  ["K x the dimension past 2^24", /more than the 16777216 numbers/, "SumT(x * y, 300)", xy, { reduction: "KMin", k: 65536 }],
  ["a variable past 2^24", /from 1 to 16777216/, "Sum(x)", ["x = Vi(16777217)"]],
  ["a dimension of 1e30", "sentence", "Sum(x)", ["x = Vi(1e30)"]],
  ["a dimension of 007", "sentence", "Sum(x)", ["x = Vi(007)"]],
  ["1,000 variables", "result", list(1000, (k) => `x${k} * y`).join(" + "), [...list(1000, (k) => `x${k} = Vi(1)`), "y = Vj(1)"]],
  ["10,000 variables", /at most 8192/, "x0", list(10000, (k) => `x${k} = Vi(1)`)],
  ["spaces in an alias", "sentence", "x", [`x = ${" ".repeat(1e5)}Vi(${" ".repeat(1e5)}1)${" ".repeat(1e5)}y`]],
  ["an alias that is none", "sentence", "x", ["=".repeat(1e5)]],
  // characters
  ["nothing", "sentence", "", xy],
  ["white space", "sentence", " \n\t\r ", xy],
  ["NUL", "sentence", "x\0", xy],
  ["a lone surrogate", "sentence", "x + \ud800", xy],
  ["an emoji", "sentence", "x + \u{1f600}", xy],
  ["a mark from right to left", "sentence", "x\u202e + y", xy],
  ["a space that does not break", "sentence", "x\u00a0+ y", xy],
  ["a letter with an accent", "sentence", "\u00e9 + y", xy],
  ["a comment", "sentence", "x /* y */", xy],
  ["1e999", "sentence", "1e999 * x", xy],
  ["0x10", "sentence", "0x10 * x", xy],
  [".5", "sentence", ".5 * x", xy],
  ["1_000", "sentence", "1_000 * x", xy],
  ["--x", "result", "--x", xy],
  // names of prototypes
  ["__proto__ called", "sentence", "__proto__(x)", xy],
  ["constructor called", "sentence", "constructor(x)", xy],
  ["toString, no variable", "sentence", "toString", xy],
  ["hasOwnProperty and valueOf", "sentence", "hasOwnProperty(valueOf)", xy],
  ["variables of such names", "result", "__proto__ * constructor", ["__proto__ = Vi(1)", "constructor = Vj(1)"]],
  ["a gradient by one", "result", "__proto__ * constructor", ["__proto__ = Vi(1)", "constructor = Vj(1)"], sum, "__proto__"],
  ["a gradient by none", "sentence", "x * y", xy, sum, "__proto__"],
  ["a reduction of such a name", "sentence", "x", xy, { reduction: "__proto__" }],
  ["a category of such a name", "sentence", "x", ["x = constructor(1)"]],
  // what is no text
  ["undefined", "sentence", undefined, xy],
  ["a number", "sentence", 7, xy],
  ["an object", "sentence", {}, xy],
  ["no aliases", "sentence", "x", null],
  ["aliases that are numbers", "sentence", "x", [1, 2]],
  ["no options", "sentence", "x", xy, undefined],
]
