// Which reductions a gradient takes. That they give the right numbers, test/keops/gradients.test.ts says.
import { expect, test } from "vitest"
import type { GradientRequest } from "../../src/artifact/requests.ts"
import { planGradient } from "../../src/calculus/plan-gradient.ts"

const variables = [
  { name: "x", category: "Vi", dim: 3 },
  { name: "y", category: "Vj", dim: 3 },
  { name: "b", category: "Vj", dim: 2 },
  { name: "g", category: "Pm", dim: 1 },
] as const

/** The reductions, those over pairs of rows with a star. */
function steps(request: Partial<GradientRequest>): string {
  const { reductions: made } = planGradient({ formula: "-g * SqDist(x, y)", variables, reduction: "Sum", over: "j", wrt: "x", ...request })
  return made
    .map(({ request: { reduction, variables: read }, gather }) => {
      const isPairs = ["Vi", "Vj"].every((side) => read.some(({ category }) => category === side))
      return `${gather ? "gather " : ""}${reduction}${isPairs ? "*" : ""}`
    })
    .join(", ")
}

const softmax = { reduction: "SumSoftMaxWeight", weight: "b" }
const scalar = { reduction: "LogSumExp", weight: "Sum(b)" }
const vector = { reduction: "LogSumExp", weight: "b" }
test.each([
  ["a sum is one reduction", {}, "Sum*"],
  ["a parameter's gradient is reduced over both sides", { wrt: "g" }, "Sum*, Sum"],
  ["a sum with its value is one pass over the pairs", { wrt: ["x"] }, "Sum*, Sum, Sum"],
  ["a log-sum-exp", { reduction: "LogSumExp" }, "Max_SumShiftExp*, Sum"],
  ["a log-sum-exp with its value", { reduction: "LogSumExp", wrt: ["x"] }, "Max_SumShiftExp*, Sum, Sum"],
  ["variables of the other side take a pass more", { reduction: "LogSumExp", wrt: ["x", "y"] }, "Max_SumShiftExp*, Sum, Sum, Sum*"],
  ["a weighted mean", softmax, "Max_SumShiftExp*, Sum"],
  ["a weighted mean with its value", { ...softmax, wrt: ["x"] }, "Max_SumShiftExp*, Sum, Sum"],
  ["its other variables need its scale", { ...softmax, wrt: ["x", "b"] }, "Max_SumShiftExp*, Sum, Sum, LogSumExp*, Sum*"],
  ["a weighted log-sum-exp with its value", { ...scalar, wrt: ["x"] }, "Max_SumShiftExp*, Sum, Sum"],
  ["of several components", { ...vector, wrt: ["x"] }, "LogSumExp*, Sum*"],
  ["winners are gathered", { reduction: "KMin", k: 5, wrt: "y" }, "KMin_ArgKMin*, gather Sum"],
  ["with the value", { reduction: "Min", wrt: ["x", "y"] }, "Min_ArgMin*, gather Sum, gather Sum"],
  ["a step that two need runs once", { reduction: "LogSumExp", wrt: ["y", "g"] }, "LogSumExp*, Sum*, Sum*, Sum"],
] as const satisfies readonly (readonly [string, Partial<GradientRequest>, string])[])("%s", (_name, request, expected) => {
  expect(steps(request)).toBe(expected)
})

const second = [...variables, { name: "cotangent", category: "Vi", dim: 1 }] as const
test.each([
  ["the value is shared by a log-sum-exp and its gradient", { reduction: "LogSumExp" }, "LogSumExp*, Sum*, Sum*, Sum*, Sum"],
  ["winners stay the same", { reduction: "Min" }, "Min_ArgMin*, gather Sum"],
  ["there is no other way from y than through the pairs", { reduction: "Min", of: ["y"], wrt: "cotangent" }, "Min_ArgMin*, gather Sum"],
] as const)("second gradients: %s", (_name, request, expected) => {
  expect(steps({ variables: second, of: ["x"], ...request })).toBe(expected)
})
