// The architecture, enforced: which folders import which, where names of operations and reductions may occur, how long a file may be.

import ts from "typescript"
import { describe, expect, test } from "vitest"
import { tools } from "../../scripts/tools.mjs"
import { operations } from "../../src/operations/table.ts"
import { reductions } from "../../src/reductions/reductions.ts"
import { rules } from "./rules.ts"
import { imports, type Source, sources } from "./sources.ts"

const src = sources("src")
const all = [...src, ...sources("transformer"), ...sources("tools")]
/** What tools load: these export a default. */
const entries = Object.values(tools).map(({ source }) => source)
const within = (place: string, path: string) => path === place || path.startsWith(`${place}/`)

describe("imports", () => {
  const table = rules()
  const ruleFor = (path: string) => table.find(({ place }) => within(place, path))

  test("include those of docs/architecture.md's table", () => {
    expect(table.length).toBeGreaterThanOrEqual(11)
    expect(table.filter(({ values }) => values.length === 0).map(({ place }) => place)).toContain("src/artifact")
  })
  test("come from files that the table lists", () => {
    expect(all.map(({ path }) => path).filter((path) => ruleFor(path) === undefined)).toEqual([])
  })
  test("follow the table", () => {
    const broken = all.flatMap((source) => {
      const rule = ruleFor(source.path)
      if (rule === undefined) return []
      return imports(source)
        .filter(({ to }) => ["src", "transformer", "tools"].some((place) => within(place, to)))
        .filter(({ to, typeOnly }) => !within(rule.place, to) && !(typeOnly ? rule.types : rule.values).some((place) => within(place, to)))
        .map(({ from, line, to, typeOnly }) => `${from}:${line} imports ${typeOnly ? "types of " : ""}${to}`)
    })
    expect(broken).toEqual([])
  })
  test("form no circles, except in the grammar and between reductions and their gradients", () => {
    const edges = new Map(src.map((source) => [source.path, imports(source).map(({ to }) => to)]))
    const reach = (from: string): ReadonlySet<string> => {
      const seen = new Set<string>()
      const open = [...(edges.get(from) ?? [])]
      for (let one = open.pop(); one !== undefined; one = open.pop()) {
        if (seen.has(one)) continue
        seen.add(one)
        open.push(...(edges.get(one) ?? []))
      }
      return seen
    }
    const circular = [...edges.keys()].filter((path) => reach(path).has(path))
    expect(circular).toEqual([
      "src/formula/parser/read-list.ts",
      "src/formula/parser/read-operand.ts",
      "src/formula/parser/read-operator.ts",
      "src/keops/gradient.ts",
      "src/keops/reduction.ts",
    ])
  })
  test("of src name no packages, except the optional peer webgpu at run time", () => {
    const packages = src.flatMap(imports).filter(({ to, typeOnly }) => !to.startsWith("src/") && !typeOnly)
    expect(packages.filter(({ to }) => to !== "webgpu" && !to.startsWith("node:")).map(({ from, to }) => `${from} imports ${to}`)).toEqual(
      [],
    )
  })
})

/** Where a name occurs in code, not in comments: as a property, a whole string, or called within a string. A declaration may share it. */
function mentions({ path, tree }: Source, names: readonly string[]): string[] {
  const called = new RegExp(`\\b(${names.join("|")})\\(`)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return
    const text =
      isProperty(node) || ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
        ? node.text
        : ""
    const name = names.includes(text) ? text : called.exec(text)?.[1]
    if (name !== undefined) found.push(`${path}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1} names ${name}`)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

function isProperty(node: ts.Node): node is ts.Identifier {
  if (!ts.isIdentifier(node)) return false
  const { parent } = node
  if (ts.isShorthandPropertyAssignment(parent)) return true
  const named = ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)
  return (named && parent.name === node) || (ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === node)
}

describe("names of the tables", () => {
  const outside = (...places: readonly string[]) => src.filter(({ path }) => !places.some((place) => within(place, path)))
  const ambiguous = Object.keys(operations).filter((name) => name in reductions)

  test("of operations occur in src only in src/operations", () => {
    const names = Object.keys(operations).filter((name) => !ambiguous.includes(name))
    // The table of reductions holds formulas, and an error's sentence may show an example.
    expect(outside("src/operations", "src/reductions", "src/messages").flatMap((source) => mentions(source, names))).toEqual([])
  })
  test("of reductions occur in src only in src/reductions", () => {
    const names = Object.keys(reductions)
    expect(outside("src/reductions", "src/operations").flatMap((source) => mentions(source, names))).toEqual([])
  })
  test("are found by the search that this test uses", () => {
    const found = src.filter(({ path }) => within("src/operations", path)).flatMap((source) => mentions(source, Object.keys(operations)))
    expect(found.length).toBeGreaterThan(Object.keys(operations).length)
  })
})

describe("files", () => {
  test("have at most 250 lines", () => {
    expect(
      all.filter(({ text }) => text.split("\n").length > 251).map(({ path, text }) => `${path}: ${text.split("\n").length - 1} lines`),
    ).toEqual([])
  })
  test("begin with a comment that describes them", () => {
    expect(all.filter(({ text }) => !/^(#!.*\n)?\/[/*]/.test(text)).map(({ path }) => path)).toEqual([])
  })
  test("export by name, and only src/index.ts re-exports", () => {
    const found = all.flatMap(({ path, tree }) =>
      tree.statements.flatMap((each) => {
        const line = `${path}:${tree.getLineAndCharacterOfPosition(each.getStart()).line + 1}`
        if (ts.isExportAssignment(each) && !each.isExportEquals) return entries.includes(path) ? [] : `${line} exports a default`
        if (!ts.isExportDeclaration(each)) return []
        if (each.exportClause === undefined) return `${line} exports *`
        return each.moduleSpecifier !== undefined && path !== "src/index.ts" ? `${line} passes exports on` : []
      }),
    )
    expect(found).toEqual([])
  })
})
