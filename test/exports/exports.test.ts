// The exported names of each entry point, types included, so that none appears or goes unseen.
import { join } from "node:path"
import ts from "typescript"
import { describe, expect, test } from "vitest"
import { root } from "../layers/sources.ts"

const entries = ["src/index.ts", "src/jit/index.ts"].map((path) => join(root, path))
const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
const program = ts.createProgram(entries, options)
const checker = program.getTypeChecker()

describe("exported names", () => {
  test.each(entries.map((path) => [path.slice(root.length + 1), path] as const))("of %s", (_name, path) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(path)!)
    const names = (module === undefined ? [] : checker.getExportsOfModule(module)).map((symbol) => {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
      return `${symbol.name}${target.flags & ts.SymbolFlags.Value ? "" : " (type)"}`
    })
    expect(names.sort()).toMatchSnapshot()
  })
})
