// Artifacts of which a build has left out the kernel of one backend.
import { describe, expect, test } from "vitest"
import { onlyTargets, type Target } from "../../src/artifact/targets.ts"
import { compileGradient } from "../../src/compiler/compile-gradient.ts"
import { execute, type Result } from "../../src/runtime/execute.ts"
import type { Matrix } from "../../src/runtime/matrix.ts"
import { build } from "../support/run.ts"

const artifact = build("x * y", ["x = Vi(2)", "y = Vj(2)"], "Sum")
const variables = artifact.variables.map(({ name, category, dim }) => ({ name, category, dim }))
const chain = compileGradient({ formula: "x * y", variables, reduction: "LogSumExp", over: "j", wrt: "y" })
const inputs = [
  [1, 2],
  [3, 4],
]

test("onlyTargets leaves out the other kernels, in chains too", () => {
  const kernels = (targets: readonly Target[]) => {
    const built = onlyTargets(chain, targets)
    if (!("steps" in built)) throw new Error("one kernel")
    return [onlyTargets(artifact, targets), ...built.steps.map((step) => step.artifact)].map((one) => ["wgsl" in one, "wasm" in one])
  }
  expect(new Set(kernels(["wasm"]).map(String))).toEqual(new Set(["false,true"]))
  expect(new Set(kernels(["webgpu"]).map(String))).toEqual(new Set(["true,false"]))
  expect(onlyTargets(artifact, ["wasm", "webgpu"])).toEqual(artifact)
})

describe("an artifact without a kernel", () => {
  test("runs on the backend that it has", async () => {
    for (const backend of ["auto", "wasm", undefined] as const) {
      const { data } = (await execute(onlyTargets(artifact, ["wasm"]), inputs, { backend })) as Matrix
      expect([...data]).toEqual([3, 8])
    }
    const gradient = (await execute(onlyTargets(chain, ["wasm"]), [...inputs, [1, 1]])) as Result
    expect(gradient).toBeDefined()
  })
  test.each([
    ["wasm", "webgpu"],
    ["webgpu", "wasm"],
  ] as const)("built for %s reports what to add for %s", async (target, backend) => {
    const message = `\`x * y\` was built without ${backend}; add it to \`targets\``
    await expect(execute(onlyTargets(artifact, [target]), inputs, { backend })).rejects.toThrow(
      expect.objectContaining({ name: "TypeError", message }),
    )
  })
  test("built for webgpu does not run elsewhere", async () => {
    const run = execute(onlyTargets(artifact, ["webgpu"]), inputs)
    await run.then(
      (result) => expect([...(result as Matrix).data]).toEqual([3, 8]),
      (error: Error) => expect(error.message).toMatch(/^no WebGPU adapter: /),
    )
  })
})
