// `tskeops explain`, and what all commands have in common.
import { expect, test } from "vitest"
import packageJson from "../../package.json" with { type: "json" }
import { reductions } from "../../src/reductions/reductions.ts"
import { commands } from "../../tools/cli/commands.ts"
import { tskeops } from "./command.ts"

const gaussian = ["Exp(-SqDist(x, y))", "x = Vi(3)", "y = Vj(3)"]

test("explain: dimension, category, operations, bytes and gradients are printed", async () => {
  const { code, out } = await tskeops("explain", ...gaussian)
  expect(code).toBe(0)
  expect(out).toMatch(/^dimension +1$/m)
  expect(out).toMatch(/^category +Vi and Vj: one value for each pair$/m)
  expect(out).toMatch(/^operations +10 a pair: 3 mul, 3 sub, 2 add, 1 exp, 1 neg$/m)
  expect(out).toMatch(/^bytes +WGSL [\d,]+, WASM [\d,]+$/m)
  expect(out).toMatch(/^gradient x +gradient_x = Sum over j of .*cotangent/m)
  expect(out).not.toContain("Guarded")
})
test("explain: --json, --ir, --wgsl and --wasm", async () => {
  const { out } = await tskeops("explain", ...gaussian, "--json", "--ir", "--wgsl", "--wasm")
  const { ir, wgsl, wasm, bytes, dimension } = JSON.parse(out)
  expect(dimension).toBe(1)
  expect(ir).toMatch(/for each pair:\n(.*\n)+ {2}v\d+ = exp\(v\d+\)\n {2}reduce \[0\] v\d+$/)
  expect(wgsl).toMatch(/^ {2,}\S/m)
  expect(wgsl).toContain("fn reduce(")
  expect(bytes.wgsl).toBeLessThan(wgsl.length)
  expect(wasm).toMatch(/^\(module/)
  expect(wasm).toContain("f32x4.relaxed_madd")
})
test("explain: loops of long vectors are printed and counted", async () => {
  const { out } = await tskeops("explain", "SqDist(x, y) * b", "x = Vi(200)", "y = Vj(200)", "b = Vj(40)", "--ir", "--json")
  const { ir, operations } = JSON.parse(out)
  expect(ir).toMatch(/= sum k\d+ in \[0, 200\)/)
  expect(ir).toMatch(/for k\d+ in \[0, 40\)/)
  expect(operations.each).toMatchObject({ sub: 200, mul: 240, add: 200 })
})
test.each(Object.entries(reductions))("explain: the reduction %s", async (name, row) => {
  const options = ["ranked" in row ? ["--k", "3"] : [], "weight" in row && "needed" in row.weight ? ["--weight", "y"] : []].flat()
  const { code, out } = await tskeops("explain", "SqDist(x, y)", "x = Vi(3)", "y = Vj(3)", "--reduction", name, "--over", "i", ...options)
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(new RegExp(`^reduction +${name} over i`, "m")) })
})
test("explain: a mistake is the sentence, the text and a caret", async () => {
  const { code, err } = await tskeops("explain", "Exp(-SqDst(x, y))", "x = Vi(3)", "y = Vj(3)")
  expect({ code, err }).toEqual({ code: 1, err: "unknown operation `SqDst` (did you mean `SqDist`?)\n\n  Exp(-SqDst(x, y))\n       ^^^^^" })
})
test("explain: a mistake in a variable or in the weight is shown in its own text", async () => {
  expect((await tskeops("explain", "x", "x = Vk(3)")).err).toMatch(/\n\n {2}x = Vk\(3\)\n {2}\^+$/)
  const { code, err } = await tskeops("explain", "x", "x = Vi(1)", "-r", "SumSoftMaxWeight", "--weight", "x + z")
  expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/\n\n {2}x \+ z\n {6}\^$/) })
})
test.each([
  [["--reduction", "sum"], "there is no reduction sum; did you mean Sum?"],
  [["--over", "k"], '--over is "i" or "j", got "k"'],
  [["--reduction", "KMin"], "KMin returns the K best: add --k and their number"],
  [["--reduction", "KMin", "--k", "0"], '--k is an integer from 1 on, got "0"'],
])("explain: the options %j are refused in one sentence", async (options, sentence) => {
  expect(await tskeops("explain", ...gaussian, ...options)).toEqual({ code: 2, out: "", err: `tskeops: ${sentence}` })
})

test.each(commands)("$name: --help has its options and examples", async ({ name, examples, options }) => {
  const { code, out } = await tskeops(name, "--help")
  expect(code).toBe(0)
  for (const text of [...examples, ...options.map(([flags]) => flags)]) expect(out).toContain(text)
})
test("--help lists all commands, --version the version", async () => {
  const { code, out } = await tskeops("--help")
  expect(code).toBe(0)
  for (const { name, summary } of commands) expect(out).toMatch(new RegExp(`^ +${name} .*${summary}$`, "m"))
  expect(await tskeops("--version")).toEqual({ code: 0, out: packageJson.version, err: "" })
})
test.each([
  [["chek"], "tskeops: unknown command 'chek' (Did you mean check?)"],
  [["check", "--jsn"], "tskeops: unknown option '--jsn' (Did you mean --json?)"],
  [["explain"], "tskeops: missing required argument 'formula'"],
])("%j is refused in one sentence, with the nearest", async (args, err) => {
  expect(await tskeops(...args)).toEqual({ code: 2, out: "", err })
})
