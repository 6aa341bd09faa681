// Runs a kernel on the winning rows of an extreme: gathers the rows that the indices name, and scatter-adds the kernel's outputs.
import type { Artifact, Gather, SlotSource } from "../artifact/artifact.ts"

/** The numbers that the kernel reads and writes at once: gathering and adding them blocks the thread for less than 50 ms. */
const NUMBERS_AT_ONCE = 2 ** 20

/** The indices of an extreme, `dim` to a row. */
interface Indices {
  readonly data: Int32Array
  readonly dim: number
}

/**
 * Adds up the outputs of the kernel of `artifact` for all slots, in `size` numbers. `inputs` are those of its variables; `from` specifies which of
 * their rows a slot reads. `run` runs the kernel on rows of slots; it is passed the share of slots that is completed then.
 */
export async function gather(
  { variables, output: { dim } }: Artifact,
  { from, to }: Gather,
  { data: indices, dim: width }: Indices,
  inputs: readonly Float32Array[],
  size: number,
  run: (inputs: readonly Float32Array[], rows: number, share: number) => Promise<Float32Array>,
): Promise<Float32Array> {
  const sums = new Float64Array(size)
  const step = Math.ceil(NUMBERS_AT_ONCE / variables.reduce((sum, variable) => sum + variable.dim, dim))
  for (let first = 0; first < indices.length; first += step) {
    const last = Math.min(first + step, indices.length)
    const slots: number[] = []
    for (let slot = first; slot < last; slot++) if (indices[slot]! >= 0) slots.push(slot)
    const each = (source: SlotSource, count: number, move: (outside: number, inside: number) => void) =>
      slots.forEach((slot, n) => {
        const row =
          source === "column" ? indices[slot]! : Math.floor(slot / (source === "row" ? width : source === "slot" ? count : Infinity))
        for (let component = 0; component < count; component++) {
          if (source !== "slot" || component === slot % count) move(row * count + component, n * count + component)
        }
      })
    const rows = variables.map((variable, n) => {
      const taken = new Float32Array(slots.length * variable.dim)
      each(from[n]!, variable.dim, (outside, inside) => {
        taken[inside] = inputs[n]![outside]!
      })
      return taken
    })
    const parts = await run(rows, slots.length, last / indices.length)
    each(to, dim, (outside, inside) => {
      sums[outside]! += parts[inside]!
    })
  }
  return Float32Array.from(sums)
}
