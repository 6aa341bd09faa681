// The CPU executor: runs an artifact's WASM kernel on one thread, a chunk of rows and a block of columns at a time.
// The kernel's calling convention stands in src/kernel/wasm.ts.
import type { WasmKernel } from "../artifact/artifact.ts"
import { memoryExhausted, wasmForbidden } from "../messages/runtime.ts"
import type { Job, Outcome } from "./executor.ts"

interface Kernel {
  init(steps: number, state: number): void
  reduce(steps: number, columnStart: number, columnEnd: number, state: number, scratch: number, variables: number): void
  finish(steps: number, state: number, values: number, indices: number): void
}

/** Rows that a chunk has at most: their states stay in the second-level cache. */
const chunkRows = 4096
const chunkStateBytes = 16 * 2 ** 20
/** Memory for columns at once; beyond it they come in slices. */
const columnBytes = 2 ** 30
const pageBytes = 65536
/** Milliseconds between two visits of the event loop. */
const patience = 40

/** Runs a job on this thread. */
export async function runOnCpu(job: Job): Promise<Outcome> {
  const { artifact, rows, columns, inputs } = job
  const { wasm, output, variables } = artifact
  const { rowsPerStep } = wasm
  const stepsPerChunk = Math.max(
    1,
    Math.min(Math.ceil(rows / rowsPerStep), Math.floor(chunkRows / rowsPerStep), Math.floor(chunkStateBytes / wasm.stateBytes)),
  )
  const rowFloats = stepsPerChunk * rowsPerStep
  const columnDim = variables.reduce((sum, { role, dim }) => sum + (role === "column" ? dim : 0), 0)
  const columnsPerSlice = wasm.block * Math.max(1, Math.floor(Math.min(columns, columnBytes / 4 / Math.max(1, columnDim)) / wasm.block) + 1)

  let bytes = 0
  const take = (size: number) => {
    const place = bytes
    bytes += Math.ceil(size / 16) * 16
    return place
  }
  // A column's last load may take three rows more than there are.
  const length = { row: rowFloats, column: Math.min(columns, columnsPerSlice) + 3, parameter: 1 }
  const pointers = variables.map(({ role, dim }) => take(length[role] * dim * 4))
  const state = take(stepsPerChunk * wasm.stateBytes)
  const scratch = take(wasm.scratchBytes)
  const table = take(variables.length * 4)
  const values = take(rowFloats * output.width * 4)
  const indices = output.kind === "both" ? take(rowFloats * output.width * 4) : values
  const memory = allocate(bytes, artifact.formula)
  const kernel = await instantiate(wasm, memory)

  const copy = (role: "row" | "column" | "parameter", first: number, count: number) => {
    for (const [n, variable] of variables.entries()) {
      if (variable.role !== role) continue
      const { dim } = variable
      new Float32Array(memory.buffer, pointers[n], count * dim).set(inputs[n]!.subarray(first * dim, (first + count) * dim))
    }
  }
  const slices = Math.ceil(columns / columnsPerSlice)
  const outcome = {
    values: output.kind === "indices" ? undefined : new Float32Array(rows * output.width),
    indices: output.kind === "values" ? undefined : new Int32Array(rows * output.width),
  }
  const turn = turns(job)
  copy("parameter", 0, 1)
  if (slices === 1) copy("column", 0, columns)
  for (let row = 0; row < rows; row += rowFloats) {
    const count = Math.min(rowFloats, rows - row)
    const steps = Math.ceil(count / rowsPerStep)
    copy("row", row, count)
    kernel.init(steps, state)
    for (let slice = 0; slice < slices; slice++) {
      const first = slice * columnsPerSlice
      const size = Math.min(columnsPerSlice, columns - first)
      if (slices > 1) copy("column", first, size)
      // The kernel numbers columns by where it finds them: pointers are moved back by the columns before the slice.
      const moved = pointers.map((pointer, n) => (variables[n]!.role === "column" ? pointer - first * variables[n]!.dim * 4 : pointer))
      new Int32Array(memory.buffer, table, variables.length).set(moved)
      for (let column = 0; column < size; column += wasm.block) {
        const end = Math.min(size, column + wasm.block)
        kernel.reduce(steps, first + column, first + end, state, scratch, table)
        if (turn.due()) await turn.take((row + (count * (first + end)) / columns) / rows)
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

/** Gives the event loop a turn now and then, reports progress and notices an abort. */
function turns({ signal, onProgress }: Job) {
  signal?.throwIfAborted()
  let last = performance.now()
  return {
    due: () => performance.now() - last > patience,
    async take(done: number) {
      onProgress?.(done)
      await new Promise<void>((resolve) => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => {
          channel.port1.close()
          resolve()
        }
        channel.port2.postMessage(0)
      })
      signal?.throwIfAborted()
      last = performance.now()
    },
  }
}

function allocate(bytes: number, formula: string): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / pageBytes)) })
  } catch {
    throw new RangeError(memoryExhausted(formula, bytes))
  }
}

const modules = new WeakMap<WasmKernel, Promise<WebAssembly.Module>>()

async function instantiate(wasm: WasmKernel, memory: WebAssembly.Memory): Promise<Kernel> {
  const known = modules.get(wasm)
  const module = known ?? compile(bytesOf(wasm))
  if (!known) modules.set(wasm, module)
  const instance = await WebAssembly.instantiate(await module, { tskeops: { memory } })
  return instance.exports as unknown as Kernel
}

/** A page's Content-Security-Policy keeps back what is valid. */
const compile = (bytes: BufferSource) =>
  WebAssembly.compile(bytes).catch((error: Error) => {
    throw WebAssembly.validate(bytes) ? new Error(wasmForbidden(error.message)) : error
  })

/** The module with fused multiply-add where the engine knows it: a third faster and a little more accurate. */
function bytesOf({ module, relaxed }: WasmKernel): BufferSource {
  const decode = (text: string) => Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0))
  const fused = relaxed && decode(relaxed)
  return fused && WebAssembly.validate(fused) ? fused : decode(module)
}
