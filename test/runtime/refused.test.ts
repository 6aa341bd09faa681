// Invalid options and damaged artifacts: each is reported in one sentence, on both backends, however it is passed.
import { describe, expect, test } from "vitest"
import { ARTIFACT_VERSION, type Artifact } from "../../src/artifact/artifact.ts"
import { compileGradient } from "../../src/compiler/compile-gradient.ts"
import { compileReduction } from "../../src/compiler/compile-reduction.ts"
import { backendInfo, genred, Matrix } from "../../src/index.ts"
import { execute } from "../../src/runtime/execute.ts"
import { build } from "../support/run.ts"

type Loose = (...args: readonly unknown[]) => Promise<{ readonly data: Float32Array }>
interface Reduction extends Loose {
  with(options: unknown): Reduction
}
const make = genred as unknown as (...args: readonly unknown[]) => Reduction

const aliases = ["x = Vi(2)", "y = Vj(2)"]
const artifact = build("x * y", aliases, "Sum")
const inputs = [
  [1, 2],
  [3, 4],
]

describe("with(options)", () => {
  const reduction = make("x * y", aliases, { reduction: "Sum" }, artifact)
  const gpu = reduction.with({ backend: "webgpu" })
  test.each<[unknown, string]>([
    [{ backend: "cuda" }, 'backend: expected "auto", "webgpu" or "wasm", got "cuda"'],
    [{ backend: 1 }, 'backend: expected "auto", "webgpu" or "wasm", got a number'],
    [{ output: "gpu" }, 'output: expected "host" or "device", got "gpu"'],
    [{ device: {} }, "device: expected a GPUDevice, got an object (Object)"],
    [{ device: null }, "device: expected a GPUDevice, got null"],
    [{ device: "gpu" }, 'device: expected a GPUDevice, got "gpu"'],
    [{ signal: new AbortController() }, "signal: expected an AbortSignal, got an object (AbortController)"],
    [{ signal: true }, "signal: expected an AbortSignal, got a boolean"],
    [{ onProgress: 3 }, "onProgress: expected a function, got a number"],
    [{ ouput: "host" }, 'there is no option "ouput", only backend, device, signal, onProgress, output'],
    [{ constructor: 1 }, 'there is no option "constructor", only backend, device, signal, onProgress, output'],
    ["wasm", 'options: expected an object, got "wasm"'],
    [null, "options: expected an object, got null"],
    [{ backend: 1n }, 'backend: expected "auto", "webgpu" or "wasm", got a bigint'],
    [{ backend: ", " }, 'backend: expected "auto", "webgpu" or "wasm", got ", "'],
  ])("rejects %o", async (options, message) => {
    for (const each of [reduction, gpu]) expect(() => each.with(options)).toThrow(expect.objectContaining({ name: "TypeError", message }))
    await expect(backendInfo(options as object)).rejects.toThrow(expect.objectContaining({ name: "TypeError", message }))
  })
  test("ignores undefined options", async () => {
    const run = reduction.with({ backend: "wasm", device: undefined, signal: undefined, onProgress: undefined, output: undefined })
    expect([...(await run(...inputs)).data]).toEqual([3, 8])
  })
})

describe("an artifact", () => {
  const sentence = "`x * y` is damaged; build again"
  const without = (path: string) => {
    const copy = structuredClone(artifact) as unknown as Record<string, Record<string, unknown>>
    const [first, second] = path.split(".")
    if (second === undefined) delete copy[first!]
    else delete copy[first!]![second]
    return copy
  }
  const wasm = (module: string) => ({ ...artifact, wasm: { ...artifact.wasm, module } })
  const damaged: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(
      ["variables", "output", "output.width", "wgsl.code", "wgsl.tile", "wasm.module", "wasm.block", "wasm.work"].map((path) => [
        `without ${path}`,
        path === "wasm.module" ? wasm(undefined as unknown as string) : without(path),
      ]),
    ),
    "digits that are cut": wasm(artifact.wasm.module.slice(0, -3)),
    "digits that are none": wasm("%%%"),
    "a module that is cut": wasm(artifact.wasm.module.slice(0, 200)),
    "a module of nothing": wasm("0061736d01000000"),
    "another variable": { ...artifact, variables: [artifact.variables[0]!, { ...artifact.variables[1]!, name: "z" }] },
    "another dimension": { ...artifact, variables: [artifact.variables[0]!, { ...artifact.variables[1]!, dim: 3 }] },
    "a variable too few": { ...artifact, variables: [artifact.variables[0]!] },
  }
  test.each(Object.entries(damaged))("is rejected: %s", async (_name, built) => {
    const run = async () => make("x * y", aliases, { reduction: "Sum" }, built).with({ backend: "wasm" })(...inputs)
    await expect(run()).rejects.toThrow(expect.objectContaining({ name: "TypeError", message: sentence }))
  })
  test("that is a chain is rejected if damaged", async () => {
    const variables = artifact.variables.map(({ name, category, dim }) => ({ name, category, dim }))
    const chain = compileGradient({ formula: "x * y", variables, reduction: "LogSumExp", over: "j", wrt: "y" })
    if (!("steps" in chain)) throw new Error("one kernel")
    const [first, ...rest] = chain.steps
    const steps = [{ ...first!, artifact: { ...first!.artifact, wasm: {} as Artifact["wasm"] } }, ...rest]
    await expect(execute({ ...chain, steps }, [...inputs, [1, 1]])).rejects.toThrow(sentence)
    await expect(execute({ ...chain, gradients: {} }, [...inputs, [1, 1]])).rejects.toThrow(sentence)
  })
  test.each([
    [2, "`x * y` was built by an older tskeops; update what builds it"],
    [ARTIFACT_VERSION + 1, "`x * y` was built by a newer tskeops; update what runs it"],
  ])("of version %i is rejected, with which side to update", async (tskeops, message) => {
    const run = () => make("x * y", aliases, { reduction: "Sum" }, { ...artifact, tskeops })
    expect(run).toThrow(expect.objectContaining({ name: "TypeError", message }))
    await expect(execute({ ...artifact, tskeops }, inputs)).rejects.toThrow(message)
  })
  test("that is undamaged runs", async () => {
    const run = make("x * y", aliases, { reduction: "Sum" }, artifact).with({ backend: "wasm" })
    expect([...(await run(...inputs)).data]).toEqual([3, 8])
    const variables = [{ name: "x", category: "Vi", dim: 2 }] as const
    expect(compileReduction({ formula: "x", variables, reduction: "Sum", over: "j" }).wasm.work.pair).toBeGreaterThan(0)
  })
})

test("`using` disposes of a matrix", () => {
  let freed = 0
  const data = { device: {}, buffer: {}, length: 1, hold: () => () => {}, read: async () => new ArrayBuffer(4), free: () => void freed++ }
  {
    using matrix = new Matrix(data, 1, 1, "i")
    expect(matrix.onDevice).toBe(true)
  }
  expect(freed).toBe(1)
})
