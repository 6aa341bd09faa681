// `npm run fuzz -- --count 100000 --seed 1`: as many random formulas as one likes, through every property. `--types n` asks the compiler about
// every n-th only (that is the slowest part). Ends with 1 where something is wrong.
import { parseArgs } from "node:util"
import fc from "fast-check"
import { print } from "../../src/formula/print.ts"
import { differentiated, printed, typed, valued, type Wrong } from "./check.ts"
import { formula, nearMiss } from "./formulas.ts"

const batch = 500

export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      types: { type: "string", default: "1" },
    },
  })
  const [count, seed, every] = [Number(values.count), Number(values.seed), Number(values.types)]
  const wrong: Wrong[] = []
  const compared = { values: 0, gradients: 0, types: 0 }
  const started = performance.now()
  for (let first = 0; first < count; first += batch) {
    const formulas = fc.sample(formula, { seed: seed * 1_000_003 + first, numRuns: Math.min(batch, count - first) })
    const found: Wrong[] = formulas.flatMap(printed)
    for (const [n, node] of formulas.entries()) {
      const [value, slope] = [await valued(node, first + n), differentiated(node, first + n)]
      found.push(...value.wrong, ...slope.wrong)
      compared.values += value.compared > 0 ? 1 : 0
      compared.gradients += slope.compared > 0 ? 1 : 0
    }
    const texts = formulas.map(print).filter((text, n) => n % every === 0 && text.length <= 250)
    const asked = [...texts, ...texts.flatMap((text, n) => fc.sample(nearMiss(text), { seed: seed + first + n, numRuns: 1 }))]
    compared.types += asked.length
    found.push(...typed(asked))
    for (const sentence of found) console.log(sentence)
    wrong.push(...found)
    const done = Math.min(first + batch, count)
    if (done % 5000 === 0 || done === count)
      console.log(`${done} formulas, ${wrong.length} wrong, ${((performance.now() - started) / 1000).toFixed(0)} s`)
  }
  console.log(
    `seed ${seed}: ${count} formulas printed and parsed; ${compared.values} with values compared, ${compared.gradients} with gradients; ${compared.types} texts in types; ${wrong.length} wrong`,
  )
  process.exitCode = wrong.length === 0 ? 0 : 1
}
