// Runs in a process of its own: prints, for each formula, how it ended and the milliseconds of processor time that it took.
import { genred, keops, Vi } from "../../src/index.ts"
import "../../src/jit/index.ts"
import { type Hostile, hostile } from "./formulas.ts"

interface Loose {
  (...inputs: readonly unknown[]): Promise<{ readonly data: ArrayLike<number> }>
  with(options: object): Loose
  grad(name: string): Loose
}

async function ended([, , formula, aliases, options, wrt]: Hostile, given: number): Promise<string> {
  const made = (genred as unknown as (...args: readonly unknown[]) => Loose)(formula, aliases, given < 5 ? { reduction: "Sum" } : options)
  const inputs = (aliases as readonly string[]).map((alias) => new Float32Array(Number(/(\d+)\)$/.exec(alias)![1])).fill(0.5))
  const run = wrt === undefined ? made : made.grad(wrt)
  const { data } = await run.with({ backend: "wasm" })(...inputs, ...(wrt === undefined ? [] : [[1]]))
  return `= ${data[0]}`
}

async function timed(name: string, body: () => unknown): Promise<void> {
  const before = process.cpuUsage()
  const said = await Promise.resolve()
    .then(body)
    .catch((error: Error) => `${error.constructor.name}: ${error.message}`)
  const { user, system } = process.cpuUsage(before)
  console.log(JSON.stringify({ name, said: String(said).slice(0, 2000), ms: (user + system) / 1000 }))
}

export async function main(): Promise<void> {
  for (const one of hostile) await timed(one[0], () => ended(one, one.length))
  const text = keops as unknown as (text: unknown, ...terms: readonly unknown[]) => { readonly text: string }
  await timed("keops: $< x 40,000", () => `= ${text("$<".repeat(40000)).text.length}`)
  await timed("keops: $<x> x 20,000", () => `= ${text(`$<x:Vi(1)>${" + $<x>".repeat(20000)}`).text.length}`)
  await timed(
    "keops: 5,000 declarations",
    () => `= ${text(Array.from({ length: 5000 }, (_, k) => `$<x${k}:Vi(1)>`).join(" + ")).text.length}`,
  )
  await timed("keops: 20,000 terms", () => `= ${text(new Array(20001).fill("+"), ...new Array(20000).fill(Vi("x", 1))).text.length}`)
  await timed("keops: no text", () => text(undefined))
  await timed("Vi: a symbol", () => (Vi as (...args: readonly unknown[]) => unknown)(Symbol("x"), 3))
  await timed("Vi: 1e30", () => (Vi as (...args: readonly unknown[]) => unknown)("x", 1e30))
  process.exit(0)
}
