// Every kind of kernel is valid WGSL, as Tint sees it: the null backend of the `webgpu` package compiles without a driver.
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { create } from "webgpu"
import { type KernelRow, kernels } from "../../src/reductions/kernels.ts"
import { type ReductionName, type ReductionRow, reductions } from "../../src/reductions/reductions.ts"
import { build } from "../support/run.ts"

const gpu = create(["backend=null"])
let device: GPUDevice
beforeAll(async () => {
  device = await (await gpu.requestAdapter())!.requestDevice()
})
afterAll(() => device.destroy())

/** The compiler's complaint, or undefined. */
async function complaint(code: string): Promise<string | undefined> {
  device.pushErrorScope("validation")
  const module = device.createShaderModule({ code })
  const pipelines = ["reduce", "finish"].map((entryPoint) =>
    device.createComputePipelineAsync({ layout: "auto", compute: { module, entryPoint } }),
  )
  const made = await Promise.allSettled(pipelines)
  const error = await device.popErrorScope()
  return error?.message ?? made.map((result) => (result.status === "rejected" ? String(result.reason) : undefined)).find(Boolean)
}

const formulas: readonly (readonly [string, readonly string[]])[] = [
  ["Exp(-g * SqDist(x, y)) * b", ["x = Vi(3)", "y = Vj(3)", "g = Pm(1)", "b = Vj(2)"]],
  ["SqDist(x, y)", ["x = Vi(100)", "y = Vj(100)"]],
  ["x - y", ["x = Vi(40)", "y = Vj(40)"]],
  ["x * y", ["x = Vi(784)", "y = Vj(784)"]],
  ["Concat(x, y) * Elem(y, 0)", ["x = Vi(20)", "y = Vj(2)"]],
  ["x", ["x = Vi(2)"]],
  ["y", ["y = Vj(2)"]],
  ["g", ["g = Pm(2)"]],
  ["1 / 0.5 + Exp(1000) * Log(0) - Sqrt(-1) + Powf(x, y)", ["x = Vi(1)", "y = Vj(1)"]],
  ["IfElse(x - y, Exp(y * y), Abs(y)) + Clamp(x, -1, g)", ["x = Vi(1)", "y = Vj(1)", "g = Pm(1)"]],
  ["Normalize(x) | Normalize(y)", ["x = Vi(20)", "y = Vj(20)"]],
]

describe.each(Object.entries<ReductionRow>(reductions))("%s", (reduction, { ranked, weight }) => {
  test.each(formulas)("has a valid shader for %s", async (formula, aliases) => {
    for (const over of ["i", "j"] as const) {
      // a weight may be a vector, and what it belongs to must be a scalar
      const asked = weight ? [{ of: `Sum(${formula})`, weight: formula }] : []
      if (!weight?.needed)
        asked.push({ of: (kernels[reduction as ReductionName] as KernelRow).plain ? `Sum(${formula})` : formula } as never)
      for (const { of, ...setup } of asked) {
        const { wgsl } = build(of, aliases, reduction, { over, ...setup, ...(ranked ? { k: 5 } : {}) })
        expect(await complaint(wgsl.code)).toBeUndefined()
      }
    }
  })
})

test("the validator rejects an invalid shader", async () => {
  const { wgsl } = build("x", ["x = Vi(1)"], "Sum")
  expect(await complaint(wgsl.code.replace("fn reduce(", "fn reduces("))).toMatch(/reduce/)
  expect(await complaint(wgsl.code.replace("F()", "F(true)"))).toBeDefined()
})

test("emitWgsl writes a text that does not grow with the dimension", () => {
  for (const [reduction, k] of [["Sum"], ["LogSumExp"], ["ArgKMin", 5]] as const) {
    const size = (dim: number) => build("SqDist(x, y)", [`x = Vi(${dim})`, `y = Vj(${dim})`], reduction, { k }).wgsl.code.length
    expect(Math.abs(size(4096) - size(784))).toBeLessThan(40)
  }
})

test("emitWgsl needs five storage bindings and a uniform, whatever the number of variables", () => {
  const names = Array.from({ length: 12 }, (_, index) => `v${index}`)
  const { wgsl } = build(
    names.join(" + "),
    names.map((name, index) => `${name} = ${["Vi", "Vj", "Pm"][index % 3]}(1)`),
    "Sum",
  )
  expect(wgsl.code.match(/@binding\(\d\)var<storage/g)).toHaveLength(5)
  expect(wgsl.code.match(/@binding\(\d\)var<uniform/g)).toHaveLength(1)
})

test("emitWgsl assigns fewer rows to an invocation if the state is larger", () => {
  const rows = (dim: number) => build("x - y", [`x = Vi(${dim})`, `y = Vj(${dim})`], "Sum").wgsl.rowsPerGroup
  expect([rows(1), rows(8), rows(100)]).toEqual([256, 128, 64])
})
