// The CPU executor: runs an artifact's WASM kernel on one thread, a chunk of rows and a block of columns at a time.
// The kernel's calling convention is in src/artifact/wasm-abi.ts.
import type { Artifact } from "../../artifact/artifact.ts"
import { bytesOfHexadecimal, type WasmExports, type WasmKernel, withoutFusion } from "../../artifact/wasm-abi.ts"
import { artifactDamaged, noMemory, ofRows, wasmForbidden } from "../../messages/runtime.ts"
import { hostNumbers, type Job, make, type Outcome, sizeOf } from "../executor.ts"

/** The most rows of a chunk: their states stay in the second-level cache. */
const CHUNK_ROWS = 4096
const CHUNK_STATE_BYTES = 2 ** 24
/** The most memory for columns; more columns are processed in slices. */
const COLUMN_BYTES = 2 ** 30
const PAGE_BYTES = 65536
/** The most bytes of rows and results of a chunk. */
const CHUNK_BYTES = 2 ** 28
/** The most instructions of one call of a kernel, by its estimate: 8 ms on a current machine, 30 ms on a slow one; with `PATIENCE_MS` below 50 ms. */
const CALL_WORK = 5e7
/** The time between two yields to the event loop. */
const PATIENCE_MS = 20

/** Runs a job on this thread. */
export async function runOnCpu(job: Job): Promise<Outcome> {
  const { artifact, rows, columns, inputs } = job
  const { wasm, output, variables } = artifact
  const { rowsPerStep, stateBytes } = wasm
  const stepBytes = 4 * rowsPerStep * (sizeOf(artifact, "row") + 2 * output.width)
  const stepsPerChunk = Math.max(
    1,
    Math.floor(Math.min(Math.ceil(rows / rowsPerStep), CHUNK_ROWS / rowsPerStep, CHUNK_STATE_BYTES / stateBytes, CHUNK_BYTES / stepBytes)),
  )
  const rowFloats = stepsPerChunk * rowsPerStep
  const [block, stepsPerCall] = callOf(wasm)
  const columnsPerSlice = block * (1 + Math.floor(Math.min(columns, COLUMN_BYTES / 4 / (sizeOf(artifact, "column") || 1)) / block))

  const [memory, pointers, state, scratch, table, values, indices] = allocate(job, stepsPerChunk, Math.min(columns, columnsPerSlice))
  const outcome = {
    values: output.kind === "indices" ? undefined : hostNumbers(Float32Array, job),
    indices: output.kind === "values" ? undefined : hostNumbers(Int32Array, job),
  }
  const kernel = await instantiate(artifact, memory)

  const copy = (role: "row" | "column" | "parameter", first: number, count: number) => {
    for (const [n, variable] of variables.entries()) {
      if (variable.role !== role) continue
      const { dim } = variable
      new Float32Array(memory.buffer, pointers[n], count * dim).set(inputs[n]!.subarray(first * dim, (first + count) * dim))
    }
  }
  const slices = Math.ceil(columns / columnsPerSlice)
  const pause = pauses(job)
  copy("parameter", 0, 1)
  for (let row = 0; row < rows; row += rowFloats) {
    const count = Math.min(rowFloats, rows - row)
    const steps = Math.ceil(count / rowsPerStep)
    copy("row", row, count)
    kernel.init(steps, state)
    for (let slice = 0; slice < slices; slice++) {
      const first = slice * columnsPerSlice
      const size = Math.min(columnsPerSlice, columns - first)
      if (row === 0 || slices > 1) copy("column", first, size)
      for (let column = 0; column < size; column += block) {
        const end = Math.min(size, column + block)
        for (let step = 0; step < steps; step += stepsPerCall) {
          const some = Math.min(stepsPerCall, steps - step)
          // The kernel computes indices of columns from addresses: so pointers are moved back by the columns before the slice.
          const skipped = { row: step * rowsPerStep, column: -first, parameter: 0 }
          const moved = pointers.map((pointer, n) => pointer + skipped[variables[n]!.role] * variables[n]!.dim * 4)
          new Int32Array(memory.buffer, table, variables.length).set(moved)
          kernel.reduce(some, first + column, first + end, state + step * stateBytes, scratch, table)
          const share = (first + column + ((end - column) * (step + some)) / steps) / columns
          const turn = pause((row + count * share) / rows)
          if (turn) await turn
        }
      }
    }
    kernel.finish(steps, state, values, indices)
    const width = count * output.width
    outcome.values?.set(new Float32Array(memory.buffer, values, width), row * output.width)
    outcome.indices?.set(new Int32Array(memory.buffer, indices, width), row * output.width)
  }
  job.onProgress?.(1)
  return outcome
}

/** Allocates the kernel's memory for a chunk of `steps` steps and `columns` columns. Pointers in bytes. */
function allocate({ artifact }: Job, steps: number, columns: number) {
  const { wasm, output, variables, formula, k } = artifact
  const rows = steps * wasm.rowsPerStep
  let bytes = 0
  const take = (size: number) => {
    const pointer = bytes
    bytes += Math.ceil(size / 16) * 16
    return pointer
  }
  // The last load of a column variable may read three rows more than there are.
  const length = { row: rows, column: columns + 3, parameter: 1 }
  const pointers = variables.map(({ role, dim }) => take(length[role] * dim * 4))
  const state = take(steps * wasm.stateBytes)
  const scratch = take(wasm.scratchBytes)
  const table = take(variables.length * 4)
  const values = take(rows * output.width * 4)
  const indices = output.kind === "both" ? take(rows * output.width * 4) : values
  const pages = Math.ceil(bytes / PAGE_BYTES) || 1
  const memory = make(() => new WebAssembly.Memory({ initial: pages }), noMemory(`\`${formula}\``, bytes, ofRows(rows, output.width, k)))
  return [memory, pointers, state, scratch, table, values, indices] as const
}

/**
 * The columns and steps of one call of a kernel. They depend on the kernel alone, not on the clock: sums are compensated between blocks of columns,
 * so the blocks determine the last bits.
 */
export function callOf({ block, work: { call, step, column, pair } }: WasmKernel): readonly [columns: number, steps: number] {
  const most = (room: number, each: number) => Math.max(1, Math.floor(room / Math.max(1, each)))
  const columns = Math.min(block, most(CALL_WORK - call - step, column + pair))
  return [columns, most(CALL_WORK - call - columns * column, step + columns * pair)]
}

/** Yields to the event loop every `PATIENCE_MS`, reports progress and checks the abort signal. */
function pauses({ signal, onProgress }: Job) {
  signal?.throwIfAborted()
  let last = performance.now()
  const turn = async () => {
    const { port1, port2 } = new MessageChannel()
    await new Promise((resolve) => {
      port1.onmessage = resolve
      port2.postMessage(0)
    })
    port1.close()
    signal?.throwIfAborted()
    last = performance.now()
  }
  return (done: number) => {
    if (performance.now() - last < PATIENCE_MS) return undefined
    onProgress?.(done)
    return turn()
  }
}

const modules = new WeakMap<WasmKernel, Promise<WebAssembly.Module>>()

async function instantiate({ wasm, formula }: Artifact, memory: WebAssembly.Memory): Promise<WasmExports> {
  if (!modules.has(wasm)) modules.set(wasm, compile(bytesOf(wasm, formula)))
  const { exports } = await WebAssembly.instantiate((await modules.get(wasm))!, { tskeops: { memory } })
  if (!exports.reduce) throw new TypeError(artifactDamaged(formula))
  return exports as unknown as WasmExports
}

/** A valid module that does not compile is blocked by the page's Content-Security-Policy. */
const compile = (bytes: BufferSource) =>
  WebAssembly.compile(bytes).catch((error: Error) => {
    throw error instanceof WebAssembly.CompileError ? new Error(wasmForbidden(error.message)) : error
  })

/** The module with fused multiply-add if the engine supports it. PERF: a third faster, and slightly more accurate. */
function bytesOf({ module }: WasmKernel, formula: string): BufferSource {
  for (const text of [module, withoutFusion(module)]) {
    const bytes = bytesOfHexadecimal(text)
    if (WebAssembly.validate(bytes)) return bytes
  }
  throw new TypeError(artifactDamaged(formula))
}
