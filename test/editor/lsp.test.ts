// A real language server of TypeScript 7 behind the proxy, asked as editors ask it.
import { symlinkSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createProject, root } from "../transformer/project.ts"
import { bundleProxy, LspClient } from "./lsp-client.ts"
import { positionOf, source } from "./source.ts"

const project = createProject(
  { "src/a.ts": source, "src/b.ts": 'import { density } from "./a.js"\nexport const again = density\n' },
  { noUnusedLocals: true, noEmit: true },
)
const uri = pathToFileURL(join(project.folder, "src/a.ts")).href
const lastLine = source.split("\n").length - 1
let proxy: Awaited<ReturnType<typeof bundleProxy>>
let client: LspClient
let capabilities: unknown

beforeAll(async () => {
  symlinkSync(join(root, "node_modules/typescript-7"), join(project.folder, "node_modules/typescript"), "dir")
  proxy = await bundleProxy()
  client = new LspClient(proxy.file, project.folder)
  capabilities = await client.initialize(project.folder)
  client.tell("textDocument/didOpen", { textDocument: { uri, languageId: "typescript", version: 1, text: source } })
})
afterAll(async () => {
  await client.close()
  project.remove()
  proxy.remove()
})

const ask = (method: string, position?: object, more: object = {}) =>
  client.ask(`textDocument/${method}`, { textDocument: { uri }, ...(position && { position }), ...more })
const at = ({ range }: { readonly range: { readonly start: { readonly line: number; readonly character: number } } }) =>
  `${range.start.line}:${range.start.character}`
const place = (text: string, by = 0, n = 0) => at({ range: { start: positionOf(text, by, n) } })
const labels = async (position: object) =>
  (await ask("completion", position)).items as { label: string; sortText: string; textEdit: { newText: string } }[]

test("the server's capabilities pass through", () => {
  expect(capabilities).toMatchObject({
    capabilities: { hoverProvider: true, textDocumentSync: { change: 2 }, diagnosticProvider: { identifier: "typescript" } },
    serverInfo: { name: "typescript-go" },
  })
})

test("diagnostics are our sentences at their columns, and nothing is unused", async () => {
  const { items } = await ask("diagnostic")
  expect(items.map((item: { message: string }) => [at(item as never), item.message.split("\n")[0]])).toEqual([
    [place("Exq"), "unknown operation `Exq` (did you mean `Exp`?)"],
    [place("$<`"), "`>` is missing to close `$<`"],
    [place("SqDist($<w>"), "in `SqDist(x, z)`: dimensions 3 and 5 differ; they must be equal, or one of them 1"],
  ])
})

test("hover shows exact types, on a tag its import and its formula, on an operation its line", async () => {
  const hover = async (position: object) => (await ask("hover", position)).contents.value as string
  expect(await hover(positionOf("density"))).toContain('Reduction<"Exp(-g * SqDist(x, y))", "g = Pm(1)" | "x = Vi(3)" | "y = Vj(3)", "Sum"')
  expect(await hover(positionOf("keops`", 2))).toMatch(
    /Formula<"Exp\(-g \* SqDist\(x, y\)\)", "g = Pm\(1\)"[\s\S]*\(alias\) const keops: Keops/,
  )
  expect(await hover(positionOf("$<x>", 2))).toContain('"x", "Vi", 3')
  expect(await hover(positionOf("SqDist", 2))).toContain("SqDist(f, g)\n```\nThe squared Euclidean distance.")
  expect(await hover(positionOf("Sqrt", 2))).toContain("The square root; NaN below 0.")
})

test("a formula of a file that is not open has its exact type elsewhere", async () => {
  const textDocument = { uri: pathToFileURL(join(project.folder, "src/b.ts")).href }
  client.tell("textDocument/didOpen", {
    textDocument: { ...textDocument, languageId: "typescript", version: 1, text: project.read("src/b.ts") },
  })
  expect((await ask("hover", { line: 1, character: 14 }, { textDocument })).contents.value).toContain('Reduction<"Exp(-g * SqDist(x, y))"')
})

test("completions: operations in the text, after $< the variables, those that fit first, with the bracket", async () => {
  const inText = await labels(positionOf("SqDist", 3))
  expect(inText.map(({ label }) => label)).toEqual(expect.arrayContaining(["Exp", "SqDist", "Sum"]))
  expect(inText.map(({ label }) => label)).not.toContain("SumOver")
  const after = (await labels(positionOf("$<`", 2))).map(({ label, sortText, textEdit }) => [label, sortText, textEdit.newText])
  expect(after).toEqual([
    ["x", "0", "x>"],
    ["y", "0", "y>"],
    ["g", "0", "g>"],
    ["z", "1", "z>"],
  ])
  expect((await labels(positionOf("$<z>", 2))).map(({ label }) => label)).toContain("w")
  const [first] = await labels(positionOf(`$\{y}`, 2))
  expect(first).toMatchObject({ label: "x", textEdit: { newText: "x" } })
  expect(await client.ask("completionItem/resolve", inText[0]!)).toEqual(inText[0])
})

test("signature help counts the arguments of the operation", async () => {
  expect(await ask("signatureHelp", positionOf("$<y>", 2))).toMatchObject({ signatures: [{ label: "SqDist(f, g)" }], activeParameter: 1 })
})

test("definition, references, highlights and rename go through $<x>", async () => {
  const position = positionOf("$<x>", 2)
  const uses = [place("x, y, g"), ...[0, 1, 2, 3].map((n) => place("$<x>", 2, n)), place("x)\nfunction"), place("typeof x", 7)].sort()
  expect((await ask("definition", position)).map(at)).toEqual([place("x, y, g")])
  expect((await ask("references", position, { context: { includeDeclaration: true } })).map(at).sort()).toEqual(uses)
  expect((await ask("documentHighlight", position)).map(at).sort()).toEqual(uses)
  expect((await ask("rename", position, { newName: "point" })).changes[uri].map(at).sort()).toEqual(uses)
})

test("a tag's name is asked through its import", async () => {
  expect((await ask("definition", positionOf("keops`", 2)))[0].uri).toMatch(/keops\.d\.ts$/)
  const changes = (await ask("rename", positionOf("k`"), { newName: "formula" })).changes[uri]
  expect(changes.map(at)).toEqual([place("as k", 3), place("k`SqDist($<x>, ${")])
})

test("nothing of the tail is seen", async () => {
  const answers = {
    symbols: await ask("documentSymbol"),
    folds: await ask("foldingRange"),
    edits: await ask("formatting", undefined, { options: { tabSize: 2, insertSpaces: true } }),
    highlights: await ask("documentHighlight", positionOf("keops`", 2)),
    links: await ask("inlayHint", undefined, { range: { start: { line: 0, character: 0 }, end: { line: lastLine, character: 0 } } }),
  }
  const text = JSON.stringify(answers)
  expect(
    [...text.matchAll(/"(?:line|startLine|endLine)":(\d+)/g)].map(([, line]) => Number(line)).filter((line) => line > lastLine),
  ).toEqual([])
  expect(text).not.toMatch(/[\ua000-\ua48c]/)
  expect(answers.highlights.map(at)).toContain(place("keops`"))
})

test("an incremental edit reaches the formula", async () => {
  const range = { start: positionOf("Exq"), end: positionOf("Exq", 3) }
  client.tell("textDocument/didChange", { textDocument: { uri, version: 2 }, contentChanges: [{ range, text: "Exp" }] })
  expect(JSON.stringify(await ask("diagnostic"))).not.toContain("unknown operation")
  expect((await ask("hover", positionOf("wrong"))).contents.value).toContain('Reduction<"Exp(x)"')
  const back = { start: range.start, end: range.end }
  client.tell("textDocument/didChange", { textDocument: { uri, version: 3 }, contentChanges: [{ range: back, text: "Exq" }] })
  expect(JSON.stringify(await ask("diagnostic"))).toContain("unknown operation")
})
