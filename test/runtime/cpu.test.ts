// How the CPU executor divides its work: the size of a call depends on the kernel alone, and no call blocks the thread for long.
import { afterEach, describe, expect, test, vi } from "vitest"
import type { Artifact } from "../../src/artifact/artifact.ts"
import type { WasmKernel } from "../../src/artifact/wasm-abi.ts"
import { callOf, runOnCpu } from "../../src/runtime/cpu/execute.ts"
import { execute } from "../../src/runtime/execute.ts"
import type { Matrix } from "../../src/runtime/matrix.ts"
import { build, random } from "../support/run.ts"

interface Call {
  readonly steps: number
  readonly columns: number
}

/** Runs with a record of every call of the kernel's `reduce`. */
async function recorded<T>(run: () => Promise<T>): Promise<{ readonly result: T; readonly calls: readonly Call[] }> {
  const calls: Call[] = []
  const instantiate = WebAssembly.instantiate as (module: WebAssembly.Module, imports: object) => Promise<WebAssembly.Instance>
  const spy = vi.spyOn(WebAssembly, "instantiate").mockImplementation((async (module: WebAssembly.Module, imports: object) => {
    const { exports } = await instantiate(module, imports)
    const reduce = exports.reduce as (...args: readonly number[]) => void
    const watched = (...args: readonly number[]) => {
      calls.push({ steps: args[0]!, columns: args[2]! - args[1]! })
      reduce(...args)
    }
    return { exports: { ...exports, reduce: watched } }
  }) as never)
  const result = await run().finally(() => spy.mockRestore())
  return { result, calls }
}

const most = 5e7
const costOf = ({ work: { call, step, column, pair } }: WasmKernel, { steps, columns }: Call) =>
  call + steps * step + columns * column + steps * columns * pair

afterEach(() => vi.restoreAllMocks())

describe("callOf: one call of a kernel", () => {
  test.each([
    ["Exp(-SqDist(x, y))", 3, "Sum"],
    ["SqDist(x, y)", 100, "Sum"],
    ["SqDist(x, y)", 10_000, "LogSumExp"],
    ["x * y", 1000, "Sum"],
    ["Exp(-SqDist(x, y)) * y", 2000, "Sum"],
  ])("executes at most 50 million instructions for %s in dimension %i", (formula, dim, reduction) => {
    const { wasm } = build(formula, [`x = Vi(${dim})`, `y = Vj(${dim})`], reduction)
    const [columns, steps] = callOf(wasm)
    expect(columns).toBeLessThanOrEqual(wasm.block)
    expect(costOf(wasm, { steps, columns })).toBeLessThanOrEqual(most)
    // and is not smaller than necessary
    expect(costOf(wasm, { steps: steps + 1, columns })).toBeGreaterThan(most)
  })
  test("is one step and one column if more exceeds the limit", () => {
    const { wasm } = build("SqDist(x, y)", ["x = Vi(1000000)", "y = Vj(1000000)"], "Sum")
    const [columns, steps] = callOf(wasm)
    expect(steps).toBe(1)
    expect(columns).toBeLessThanOrEqual(4)
  })
  test("covers all rows and columns together with the others", async () => {
    const artifact = build("SqDist(x, y)", ["x = Vi(1000)", "y = Vj(1000)"], "Sum")
    const [rows, columns] = [700, 150]
    const inputs = [random(1, rows * 1000), random(2, columns * 1000)]
    const { calls } = await recorded(() => runOnCpu({ artifact, rows, columns, inputs }))
    for (const call of calls) expect(costOf(artifact.wasm, call)).toBeLessThanOrEqual(most)
    const pairs = calls.reduce((sum, call) => sum + call.steps * call.columns, 0)
    expect(pairs).toBe(Math.ceil(rows / artifact.wasm.rowsPerStep) * columns)
    expect(calls.length).toBeGreaterThan(5)
  })
})

test("runOnCpu yields to the event loop between calls for a million components, and stops at an abort", async () => {
  const dim = 1_000_000
  const artifact = build("SqDist(x, y)", [`x = Vi(${dim})`, `y = Vj(${dim})`], "Sum")
  // A clock on which every interval has passed.
  let now = 0
  vi.spyOn(performance, "now").mockImplementation(() => (now += 1000))
  const controller = new AbortController()
  const inputs = [new Float32Array(dim).fill(1), new Float32Array(16 * dim).fill(3)]
  let told = 0
  const { calls } = await recorded(async () => {
    const running = runOnCpu({
      artifact,
      rows: 1,
      columns: 16,
      inputs,
      signal: controller.signal,
      onProgress: () => {
        told++
        if (told === 2) setTimeout(() => controller.abort(new Error("enough")))
      },
    })
    await expect(running).rejects.toThrow("enough")
  })
  expect(calls.length).toBeLessThan(16)
  expect(told).toBe(calls.length)
  const { values } = await runOnCpu({ artifact, rows: 1, columns: 3, inputs: [inputs[0]!, inputs[1]!.subarray(0, 3 * dim)] })
  expect(Math.abs(values![0]! / (12 * dim) - 1)).toBeLessThan(1e-4)
})

test("runOnCpu returns the same bits whatever the clock", async () => {
  const artifact = build("Exp(-SqDist(x, y)) * y", ["x = Vi(3)", "y = Vj(3)"], "Sum")
  const inputs = [random(1, 3 * 5000), random(2, 3 * 3000)]
  const run = async () => ((await execute(artifact, inputs, { backend: "wasm" })) as Matrix).data
  const wanted = await run()
  let now = 0
  for (const pace of [() => 0, () => 1000, () => 100 * Math.random()]) {
    vi.spyOn(performance, "now").mockImplementation(() => (now += pace()))
    expect(Buffer.from((await run()).buffer).equals(Buffer.from(wanted.buffer))).toBe(true)
  }
})

describe("runOnCpu: out of memory", () => {
  // The sizes are made up: a kernel of such a K or dimension cannot be compiled.
  const artifact = build("SqDist(x, y)", ["x = Vi(1)", "y = Vj(1)"], "KMin_ArgKMin", { k: 3 })
  const large = (k: number): Artifact => {
    const { output, wasm } = artifact
    return { ...artifact, k, output: { ...output, width: k }, wasm: { ...wasm, stateBytes: (wasm.stateBytes / 3) * k } }
  }
  test.each([
    [
      "K x rows",
      10_000,
      1_000_000,
      "`SqDist(x, y)`: out of memory (38147 MiB for 1000000 rows of 10000 numbers (K = 10000)); run it on fewer",
    ],
    ["K alone", 2 ** 28, 1, "`SqDist(x, y)`: out of memory (32769 MiB for 8 rows of 268435456 numbers (K = 268435456))"],
    [
      "K beyond any array",
      2 ** 40,
      1,
      "`SqDist(x, y)`: out of memory (134217729 MiB for 8 rows of 1099511627776 numbers (K = 1099511627776))",
    ],
  ] as const)("%s: a RangeError that names the formula", async (_name, k, rows, sentence) => {
    const inputs = [new Float32Array(1), new Float32Array(1)]
    const error = await runOnCpu({ artifact: large(k), rows, columns: 1, inputs }).catch((error: Error) => error)
    expect(error).toBeInstanceOf(RangeError)
    expect((error as Error).message).toContain(sentence)
  })
})
