// How long compiling takes, from text to WGSL and WASM, and how long the text of the shader is: `npm run bench:compile`. Times are
// reported, sizes have budgets (bench/budgets.json) that test/budgets checks.
import { compileReduction } from "../../src/compiler/compile-reduction.ts"
import { long, type Named, vectors } from "./requests.ts"

export interface Measured {
  readonly name: string
  readonly milliseconds: number
  readonly wgsl: number
  readonly wasm: number
}

/** One compilation; the time is the least of `turns`. */
export function measure({ name, request }: Named, turns = 1): Measured {
  let milliseconds = Number.POSITIVE_INFINITY
  let made: ReturnType<typeof compileReduction> | undefined
  for (let turn = 0; turn < turns; turn++) {
    const started = performance.now()
    made = compileReduction(request)
    milliseconds = Math.min(milliseconds, performance.now() - started)
  }
  return { name, milliseconds, wgsl: Buffer.byteLength(made!.wgsl.code), wasm: made!.wasm.module.length / 2 }
}

function report(title: string, all: readonly Named[]): void {
  for (const named of all.slice(0, 40)) measure(named) // so that the engine has seen the code
  const measured = all.map((named) => measure(named, 3))
  const times = measured.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
  const largest = (key: "milliseconds" | "wgsl" | "wasm") => measured.reduce((most, one) => (one[key] > most[key] ? one : most))
  console.log(`${title}: ${measured.length} kernels`)
  console.log(
    `  time: median ${times[times.length >> 1]!.toFixed(2)} ms, worst ${times.at(-1)!.toFixed(2)} ms (${largest("milliseconds").name})`,
  )
  console.log(`  WGSL: at most ${largest("wgsl").wgsl} bytes (${largest("wgsl").name})`)
  console.log(`  WASM: at most ${largest("wasm").wasm} bytes (${largest("wasm").name})`)
}

/** Prints the report. */
export function main(): void {
  const known = vectors().filter((named) => {
    try {
      compileReduction(named.request)
      return true
    } catch (error) {
      console.log(`not compiled: ${named.name}: ${(error as Error).message}`)
      return false
    }
  })
  report("the vectors and their gradients", known)
  report("formulas of about 120 characters", long())
}
