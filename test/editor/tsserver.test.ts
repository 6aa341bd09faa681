// Real servers of TypeScript 5.9 and 6 with the plugin, asked as editors ask them.
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { createProject, root } from "../transformer/project.ts"
import { positionOf, source } from "./source.ts"
import { TsServer } from "./tsserver.ts"

interface Place {
  readonly line: number
  readonly offset: number
}
type Spans = readonly { readonly start: Place }[]

const shorthand = `import { keops, Vi } from "tskeops"
const x = Vi("x", 1)
const f = keops\`Exp($<x>)\`
export const o = { x, f }
`
const lastLine = source.split("\n").length
const place = (text: string, by = 0, n = 0): Place => {
  const { line, character } = positionOf(text, by, n)
  return { line: line + 1, offset: character + 1 }
}
const shown = ({ line, offset }: Place) => `${line}:${offset}`
const starts = (spans: Spans) => spans.map(({ start }) => shown(start)).sort()
const uses = ["x, y, g", "typeof x"]
  .map((text) => place(text, text.endsWith(" x") ? 7 : 0))
  .concat(
    [0, 1, 2, 3].map((n) => place("$<x>", 2, n)),
    place("x)\nfunction"),
  )
  .map(shown)
  .sort()

describe.each(["typescript", "typescript-6"])("%s", (name) => {
  const project = createProject(
    { "src/a.ts": source, "src/b.ts": "const unused = 1\nexport {}\n", "src/c.ts": shorthand },
    { noUnusedLocals: true, plugins: [{ name: "tskeops/language-service" }] },
  )
  const file = join(project.folder, "src/a.ts")
  let server: TsServer
  // biome-ignore lint/suspicious/noExplicitAny: answers of any command
  const ask = (command: string, at: object = {}): Promise<any> => server.ask(command, { file, ...at })
  const names = async (at: Place) => (await ask("completionInfo", at)).entries as { name: string; sortText: string; insertText?: string }[]

  beforeAll(() => {
    server = new TsServer(join(root, "node_modules", name), project.folder, "--allowLocalPluginLoads")
    // As VS Code has it unless its user wants otherwise.
    server.send("configure", { preferences: { providePrefixAndSuffixTextForRename: true } })
    server.send("open", { file })
  })
  afterAll(() => {
    server.close()
    project.remove()
  })

  test("diagnostics are our sentences at their columns, and nothing is unused", async () => {
    const found = (await ask("semanticDiagnosticsSync")) as { start: Place; text: string }[]
    const lines = found.map(({ start, text }) => [shown(start), text.split("\n")[0]])
    expect(lines).toEqual([
      [shown(place("Exq")), "unknown operation `Exq` (did you mean `Exp`?)"],
      [shown(place("$<`")), "`>` is missing to close `$<`"],
      [shown(place("SqDist($<w>")), "in `SqDist(x, z)`: dimensions 3 and 5 differ; they must be equal, or one of them 1"],
    ])
    expect(await ask("syntacticDiagnosticsSync")).toEqual([])
    expect(await ask("suggestionDiagnosticsSync")).toEqual([])
  })

  test("what is unused elsewhere is reported as ever", async () => {
    const other = join(project.folder, "src/b.ts")
    server.send("open", { file: other })
    expect(await ask("semanticDiagnosticsSync", { file: other })).toMatchObject([{ code: 6133, start: { line: 1, offset: 7 } }])
  })

  test("hover shows exact types, on a tag its import and its formula, on an operation its line", async () => {
    const hover = async (at: Place) => {
      const { displayString, documentation, start } = await ask("quickinfo", at)
      return { text: `${displayString}\n${documentation}`, at: shown(start) }
    }
    expect((await hover(place("density"))).text).toContain(
      'Reduction<"Exp(-g * SqDist(x, y))", "g = Pm(1)" | "x = Vi(3)" | "y = Vj(3)", "Sum"',
    )
    const tag = await hover(place("keops`", 2))
    expect(tag.at).toBe(shown(place("keops`")))
    expect(tag.text).toMatch(/^\(alias\) const keops: Keops\nimport keops\nFormula<"Exp\(-g \* SqDist\(x, y\)\)", "g = Pm\(1\)" \|/)
    expect((await hover(place("$<x>", 2))).text).toContain('"x", "Vi", 3')
    const operation = await hover(place("SqDist", 2))
    expect(operation).toMatchObject({
      at: shown(place("SqDist")),
      text: expect.stringContaining("SqDist(f, g)\nThe squared Euclidean distance."),
    })
    expect((await hover(place("Sqrt", 2))).text).toContain("The square root; NaN below 0.")
  })

  test("completions: operations in the text, after $< the variables, those that fit first, with the bracket", async () => {
    const inText = (await names(place("SqDist", 3))).map((one) => one.name)
    expect(inText).toEqual(expect.arrayContaining(["Exp", "SqDist", "Sum"]))
    expect(inText).not.toContain("SumOver")
    const [details] = await ask("completionEntryDetails", { ...place("SqDist", 3), entryNames: ["Exp"] })
    expect(details.documentation[0].text).toContain("Dimension: d(f)")
    expect((await names(place("$<`", 2))).map((one) => [one.name, one.sortText, one.insertText])).toEqual([
      ["x", "0", "x>"],
      ["y", "0", "y>"],
      ["g", "0", "g>"],
      ["z", "1", "z>"],
    ])
    expect((await names(place("$<z>", 2))).map((one) => one.name)).toContain("w")
    const after = await names(place(`$\{y}`, 2))
    expect(after[0]).toMatchObject({ name: "x", insertText: "x" })
    expect(after.map((one) => one.name)).toContain("density")
    expect(JSON.stringify(after)).not.toMatch(/[\ua000-\ua48c]/)
  })

  test("signature help counts the arguments of the operation", async () => {
    const { items, argumentIndex } = await ask("signatureHelp", place("$<y>", 2))
    expect([items[0].prefixDisplayParts[0].text, items[0].parameters.length, argumentIndex]).toEqual(["SqDist", 2, 1])
  })

  test("definition, references, highlights and rename go through $<x>", async () => {
    const at = place("$<x>", 2)
    expect(starts(await ask("definition", at))).toEqual([shown(place("x, y, g"))])
    expect(starts((await ask("references", at)).refs)).toEqual(uses)
    expect(starts((await ask("documentHighlights", { ...at, filesToSearch: [file] }))[0].highlightSpans)).toEqual(uses)
    expect(starts((await ask("rename", at)).locs[0].locs)).toEqual(uses)
  })

  test("a tag's name is asked through its import", async () => {
    expect((await ask("definition", place("keops`", 2)))[0].file).toMatch(/keops\.d\.ts$/)
    const both = [place("as k", 3), place("k`SqDist($<x>, ${")].map(shown)
    expect(starts((await ask("rename", place("as k", 3))).locs[0].locs)).toEqual(both)
    expect(starts((await ask("rename", place("k`SqDist($<x>, ${"))).locs[0].locs)).toEqual(both)
  })

  test("a shorthand in the record keeps the formula's name when its variable is renamed", async () => {
    const other = join(project.folder, "src/c.ts")
    server.send("open", { file: other })
    const { locs } = (await ask("rename", { file: other, line: 3, offset: 23 })).locs[0]
    expect(locs.map(({ start, prefixText }: { start: Place; prefixText?: string }) => [shown(start), prefixText])).toEqual([
      ["2:7", undefined],
      ["3:23", undefined],
      ["4:20", "x: "],
    ])
  })

  test("nothing of the tail is seen, and no edit touches a tag", async () => {
    const whole = { startLine: 1, startOffset: 1, endLine: lastLine, endOffset: 1 }
    const answers = {
      tree: await ask("navtree"),
      bar: await ask("navbar"),
      folds: await ask("getOutliningSpans"),
      todo: await ask("todoComments", { descriptors: [{ text: "declare", priority: 1 }] }),
      edits: await ask("format", { line: 1, offset: 1, endLine: lastLine, endOffset: 1 }),
      imports: await ask("organizeImports", { scope: { type: "file", args: { file } } }),
      hints: await ask("provideInlayHints", { start: 0, length: source.length }),
      refactors: await ask("getApplicableRefactors", whole),
      links: await ask("navto", { searchValue: "density" }),
      highlights: await ask("documentHighlights", { ...place("keops`", 2), filesToSearch: [file] }),
      classes: await ask("encodedSemanticClassifications-full", { start: 0, length: source.length, format: "2020" }),
    }
    const text = JSON.stringify(answers)
    const lines = [...text.matchAll(/"line":(\d+)/g)].map(([, line]) => Number(line))
    expect(lines.filter((line) => line > lastLine)).toEqual([])
    expect(text).not.toMatch(/[\ua000-\ua48c]/)
    // TypeScript indents by four.
    expect(starts(answers.edits)).toEqual(["10:1"])
    expect(answers.highlights[0].highlightSpans.length).toBeGreaterThan(4)
  })

  test("edits within a tag, before it and of another line keep all places right", async () => {
    const change = (at: Place, length: number, insertString: string) =>
      server.send("change", { file, ...at, endLine: at.line, endOffset: at.offset + length, insertString })
    const sentences = async () => ((await ask("semanticDiagnosticsSync")) as { text: string }[]).map(({ text }) => text.split("\n")[0])
    change(place("Exq"), 3, "Exp")
    expect(await sentences()).not.toContain("unknown operation `Exq` (did you mean `Exp`?)")
    expect((await ask("quickinfo", place("wrong"))).displayString).toContain('Reduction<"Exp(x)"')
    change({ line: 1, offset: 1 }, 0, "/* a comment */ ")
    expect((await ask("quickinfo", place("wrong"))).displayString).toContain('Reduction<"Exp(x)"')
    change(place("Exq"), 3, "Exq")
    expect(await sentences()).toContain("unknown operation `Exq` (did you mean `Exp`?)")
    change({ line: 1, offset: 1 }, 16, "")
    expect(starts((await ask("references", place("$<x>", 2))).refs)).toEqual(uses)
  })
})
