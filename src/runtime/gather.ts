// Runs a kernel on the winners of an extreme: takes the rows that the indices name, and adds what the kernel gives where it belongs.
import type { Artifact, Gather, SlotSource } from "../artifact/artifact.ts"

/** Numbers that the kernel takes and gives at once: what is done with them here does not hold the thread for 50 ms. */
const NUMBERS_AT_ONCE = 2 ** 20

/** The indices of an extreme, `dim` to a row. */
interface Indices {
  readonly data: Int32Array
  readonly dim: number
}

/**
 * Adds up in `size` numbers what the kernel of `artifact` gives for each slot. `inputs` are those of its variables, in which a slot finds its own
 * as `from` says; `run` runs the kernel on rows of slots, and is told which share of them is done then.
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
