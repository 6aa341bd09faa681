// What editors show: every export has a docstring, every function says more, and the examples compile and infer what their comments say.
import { join } from "node:path"
import ts from "typescript"
import { describe, expect, test } from "vitest"
import { docs } from "../../src/reductions/docs.ts"
import type { ReductionMethods } from "../../src/reductions/methods.ts"
import { type Method, method, type ReductionName, reductions } from "../../src/reductions/reductions.ts"
import { root } from "../layers/sources.ts"
import { documented, entries, exportsOf, hovers } from "./public.ts"

// The two lists of methods are one.
type Rows = { readonly [R in ReductionName as Method<R>]: R }
type Equal<a, b> = (<t>() => t extends a ? 1 : 2) extends <t>() => t extends b ? 1 : 2 ? true : false
const isEqual: Equal<{ [M in keyof ReductionMethods]: ReductionMethods[M] }, Rows> = true

const all = documented(entries.tskeops)
// The members of WebGPU's own objects, which its specification describes.
const foreign = /^GpuDevice\./

describe("docstrings", () => {
  test("of every export, member and call signature are there", () => {
    expect(all.length).toBeGreaterThan(100)
    expect(all.filter(({ name, text }) => text === "" && !foreign.test(name)).map(({ name }) => name)).toEqual([])
  })
  test("of every function and reduction have an example, errors, and KeOps's name", () => {
    const functions = [...exportsOf(entries.tskeops)]
      .filter(([name]) => /^(keops|genred|generic|V[ij]$|Pm$)/.test(name))
      .map(([name]) => name)
    const methods = Object.keys(reductions).map((name) => `ReductionMethods.${method(name)}`)
    expect(functions.length).toBe(9)
    const missing = [...functions, ...methods].flatMap((name) => {
      const tags = all.find((one) => one.name === name)?.tags.map((tag) => tag.name) ?? []
      return ["example", "throws", "see"].filter((tag) => !tags.includes(tag)).map((tag) => `${name}: @${tag}`)
    })
    expect(missing).toEqual([])
  })
  test("of the reductions begin with the text of docs.ts", () => {
    expect(isEqual).toBe(true)
    for (const [name, text] of Object.entries(docs)) {
      const [first] = all.find((one) => one.name === `ReductionMethods.${method(name)}`)!.text.split("\n\n")
      expect(first!.replaceAll("\n", " ")).toBe(text)
    }
  })
  test.each(["Formula", "Variable"])("of the reductions are shown at the methods of a %s", (name) => {
    const shown = hovers(name)
    for (const reduction of Object.keys(docs) as ReductionName[])
      expect(shown.get(method(reduction))?.replaceAll("\n", " ")).toContain(docs[reduction])
  })
})

/** What examples take for granted: the package's names, and data. */
const prelude = `import { ${[...exportsOf(entries.tskeops).keys()].join(", ")} } from "../src/index.ts"
type Equal<a, b> = (<t>() => t extends a ? 1 : 2) extends <t>() => t extends b ? 1 : 2 ? true : false
`
const names = ["points", "samples", "weights", "cotangent", "queries", "keys", "values"]
const data = {
  path: join(root, "out/example-data.ts"),
  text: `export {}\ndeclare global { const ${names.map((name) => `${name}: Float32Array`).join(", ")} }`,
}

const examples = all.flatMap(({ name, tags }) =>
  tags
    .filter((tag) => tag.name === "example")
    .map((tag, n) => ({
      path: join(root, `out/example-${name.replaceAll(/\W/g, "-")}-${n}.ts`),
      text: withProofs(ts.displayPartsToString(tag.text)),
    })),
)

/** An example as a module, with a proof of each type that a comment after a declaration names. */
function withProofs(code: string): string {
  const said = [...code.matchAll(/^const (\w+) = .* \/\/ ((?:Matrix|Variable)<.*>|number\[\]\[\])$/gm)]
  return [prelude, code, ...said.map(([, name, type]) => `true satisfies Equal<typeof ${name}, ${type}>`)].join("\n")
}

test("examples of docstrings compile, and infer what their comments say", { timeout: 240_000 }, () => {
  expect(examples.length).toBeGreaterThan(20)
  expect(examples.filter(({ text }) => text.includes("true satisfies")).length).toBeGreaterThan(15)
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const host = ts.createCompilerHost(options)
  const texts = new Map([data, ...examples].map(({ path, text }) => [path, text]))
  const { readFile, fileExists } = host
  host.readFile = (path) => texts.get(path) ?? readFile(path)
  host.fileExists = (path) => texts.has(path) || fileExists(path)
  const program = ts.createProgram([...texts.keys()], { ...options, noUnusedLocals: false, verbatimModuleSyntax: false }, host)
  const found = [...texts.keys()].flatMap((path) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path)!)
      .map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`),
  )
  expect(found).toEqual([])
})
