// The vectors of PyKeOps on one executor: TSKEOPS_BACKEND=wasm (the default) or webgpu (with VK_ICD_FILENAMES naming a driver).
// `npm test` runs this file on the CPU, on SwiftShader and on lavapipe.
import { describe, expect, test } from "vitest"
import { operations } from "../../src/operations/table.ts"
import { reductions } from "../../src/reductions/reductions.ts"
import { type Case, cases, type ErrorCase } from "./case.ts"
import { difference, values } from "./compare.ts"
import { type Backend, build, evaluate, gradient } from "./evaluate.ts"
import { reasonFor, unsupported } from "./unsupported.ts"

const backend = (process.env.TSKEOPS_BACKEND ?? "wasm") as Backend
const gpu = backend === "webgpu"

/** Throws if the case fails. */
async function check(given: Case): Promise<void> {
  if (given.kind === "error") return refuse(given)
  if (given.kind === "vjp") {
    for (const name of given.wrt) {
      const found = values(given.expected[name]!, await gradient(given, name, backend), given.tolerance[name]!, gpu)
      if (found !== undefined) throw new Error(`gradient of ${name}: ${found}`)
    }
    return
  }
  if (given.kind !== "reduction") throw new Error(`this version has no interface for the kind ${given.kind}`)
  const found = difference(given, await evaluate(given, backend), gpu)
  if (found !== undefined) throw new Error(found)
}

/** The formula must be rejected with a readable sentence, when it is built or when it is called. */
async function refuse(given: ErrorCase): Promise<void> {
  const arrays = given.aliases.map((alias) => new Float32Array(Number(/\d+/.exec(alias)?.[0] ?? 1)))
  let thrown: unknown
  try {
    await build(given).with({ backend })(...arrays)
  } catch (error) {
    thrown = error
  }
  if (thrown === undefined && given.optional) return
  if (!(thrown instanceof Error)) throw new Error(`was accepted, though ${given.reason}`)
  if (/undefined|\[object|Cannot read|is not a function|is not iterable/.test(thrown.message) || thrown.message.length < 12)
    throw new Error(`is refused, but not in words: ${thrown.message}`)
}

describe(`vectors of PyKeOps on ${backend}`, () => {
  const supported = cases.filter((given) => given.kind === "error" || reasonFor(given) === undefined)
  test.each(supported.map((given) => [given.id, given.formula, given.reduction, given] as const))(
    "%s: %s, %s",
    (_id, _formula, _reduction, given) => check(given),
  )
})

describe("the list of unsupported vectors", () => {
  const listed = cases.filter((given) => given.kind !== "error" && reasonFor(given) !== undefined)
  test.each(listed.map((given) => [given.id, reasonFor(given), given] as const))("%s still fails: %s", async (_id, _reason, given) => {
    await expect(check(given)).rejects.toThrow()
  })
  test("contains only names that the tables lack and that vectors use", () => {
    const used = new Set(cases.flatMap(({ formula }) => [...formula.matchAll(/\b([A-Za-z]\w*)\s*\(/g)].map((match) => match[1])))
    expect(unsupported.operations.filter((name) => name in operations || !used.has(name))).toEqual([])
    const asked = new Set(cases.map(({ reduction }) => reduction))
    expect(unsupported.reductions.filter((name) => name in reductions || !asked.has(name))).toEqual([])
  })
  test("is shorter than all vectors", () => {
    expect(cases).toHaveLength(400)
    expect(listed.length).toBeLessThanOrEqual(186)
  })
})
