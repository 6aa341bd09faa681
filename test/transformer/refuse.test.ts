// Configurations in which the transformer cannot work: one sentence, and no stack trace.
import ts from "typescript"
import { afterAll, expect, test } from "vitest"
import { transformProgram } from "../../transformer/index.ts"
import { createProject, plugin } from "./project.ts"

const usual = { target: "es2022", module: "nodenext", strict: true, types: [], rootDir: "src", outDir: "out" }

const project = createProject({ "src/main.ts": "export const x = 1\n" }, { plugins: [{ transform: "tskeops/transformer" }] })
afterAll(() => project.remove())

test('the transformer rejects an entry without `"transformProgram": true`', async () => {
  expect((await project.compile()).split("\n")[0]).toBe(
    'error TS5023: tskeops/transformer transforms programs: its line in tsconfig.json is { "transform": "tskeops/transformer", "transformProgram": true }',
  )
})

test.each([
  [{ valdate: true }, 'tskeops/transformer has no option "valdate"; did you mean "validate"?'],
  [{ Validate: true }, 'tskeops/transformer has no option "Validate"; did you mean "validate"?'],
  [{ checks: true }, 'tskeops/transformer has no option "checks"; leave it out: there is "validate", "targets"'],
  [{ targets: [] }, '"targets" of tskeops must be ["wasm"], ["webgpu"] or both, got []'],
  [{ targets: "wasm" }, '"targets" of tskeops must be ["wasm"], ["webgpu"] or both, got "wasm"'],
  [{ targets: ["cuda"] }, '"targets" of tskeops must be ["wasm"], ["webgpu"] or both, got ["cuda"]'],
  [{ validate: "yes" }, '"validate" of tskeops/transformer must be true or false, got "yes"'],
])("the transformer rejects the options %o", async (options, sentence) => {
  project.write("tsconfig.json", JSON.stringify({ compilerOptions: { ...usual, plugins: [{ ...plugin, ...options }] }, include: ["src"] }))
  const [first, link] = (await project.compile()).split("\n")
  expect(first).toBe(`error TS5023: ${sentence}`)
  expect(link).toMatch(/^ {2}see https:.*troubleshooting.md#(unknownoption|notboolean|nottargets)$/)
})

test("the transformer accepts its options", async () => {
  const options = { validate: false, targets: ["wasm", "webgpu"], name: "tskeops", type: "program", tsConfig: "./tsconfig.json" }
  project.write("tsconfig.json", JSON.stringify({ compilerOptions: { ...usual, plugins: [{ ...plugin, ...options }] }, include: ["src"] }))
  expect((await project.compile()).trim()).toBe("")
})

test.each([
  ["5.8.3", false],
  ["5.9.3", true],
  ["5.10.0", true],
  ["6.0.3", true],
  ["7.0.2", false],
])("the transformer warns about unsupported versions: TypeScript %s", (version, isKnown) => {
  const program = ts.createProgram([], { noLib: true })
  const transformed = transformProgram(program, undefined, {}, { ts: { ...ts, version } as unknown as typeof ts })
  const texts = transformed.getConfigFileParsingDiagnostics().map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))
  if (isKnown) expect(texts).toEqual([])
  else {
    expect(texts).toHaveLength(1)
    expect(texts[0]).toContain(`TypeScript 5.9 (and ts-patch 3.3) and with TypeScript 6 (and ts-patch 4), not with ${version}`)
  }
})
