// Typical formulas, whose artifacts are measured: what an application ships for one formula.
import type { Built } from "../../src/artifact/artifact.ts"
import type { Request } from "../../src/artifact/requests.ts"
import { compileGradient } from "../../src/compiler/compile-gradient.ts"
import { compileReduction } from "../../src/compiler/compile-reduction.ts"

type Variable = Request["variables"][number]

const row = (name: string, dim: number): Variable => ({ name, category: "Vi", dim })
const column = (name: string, dim: number): Variable => ({ name, category: "Vj", dim })
const parameter = (name: string, dim = 1): Variable => ({ name, category: "Pm", dim })

const reduce = (reduction: string, formula: string, variables: readonly Variable[], more: Partial<Request> = {}): Built =>
  compileReduction({ formula, variables, reduction, over: "j", ...more })
const points = (dim: number) => [row("x", dim), column("y", dim)]
const gaussian = { formula: "Exp(-g * SqDist(x, y)) * b", variables: [parameter("g"), ...points(3), column("b", 1)] } as const

/** What makes the artifact of each. */
export const formulas: Readonly<Record<string, () => Built>> = {
  "Gaussian sum, D = 3": () => reduce("Sum", "Exp(-g * SqDist(x, y))", [parameter("g"), ...points(3)]),
  "Gaussian convolution, D = 3": () => reduce("Sum", gaussian.formula, gaussian.variables),
  "log-sum-exp, D = 3": () => reduce("LogSumExp", "-SqDist(x, y)", points(3)),
  "argmin, D = 100": () => reduce("ArgMin", "SqDist(x, y)", points(100)),
  "10 nearest, D = 784": () => reduce("ArgKMin", "SqDist(x, y)", points(784), { k: 10 }),
  "10 nearest with distances, D = 3": () => reduce("KMin_ArgKMin", "SqDist(x, y)", points(3), { k: 10 }),
  "attention, D = 64": () => reduce("SumSoftMaxWeight", "(x | y) / 8", [...points(64), column("v", 64)], { weight: "v" }),
  "matrix product, D = 64": () => reduce("Sum", "(x | y) * v", [...points(64), column("v", 1)]),
  "gradient of a Gaussian convolution": () => compileGradient({ ...gaussian, reduction: "Sum", over: "j", wrt: "x" }),
  "value and gradients of a Gaussian convolution": () => compileGradient({ ...gaussian, reduction: "Sum", over: "j", wrt: ["x", "b"] }),
  "gradient of a log-sum-exp": () =>
    compileGradient({ formula: "-SqDist(x, y)", variables: points(3), reduction: "LogSumExp", over: "j", wrt: "x" }),
  "angles, D = 2": () => reduce("Sum", "Sin(x | y) * Cos(x | y)", points(2)),
}
