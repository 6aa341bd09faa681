// What an editor offers inside the text of a formula: the names that continue it, and no sentence.
import { join } from "node:path"
import ts from "typescript"
import { expect, test } from "vitest"

/** The names offered at the mark `^` in a call. */
function offered(call: string): readonly string[] {
  const file = join(import.meta.dirname, "completed.ts")
  const head = 'import { genericSum, genred, keops } from "../../src/index.ts"\n'
  const source = head + call.replace("^", "")
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  }
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const text = name === file ? source : ts.sys.readFile(name)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => import.meta.dirname,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
  })
  const list = service.getCompletionsAtPosition(file, head.length + call.indexOf("^"), {})
  return (list?.entries ?? []).map(({ name }) => name).sort()
}

test("completes operations and variables at the end of a text", () => {
  expect(offered('genericSum("x + Sq^", "a = Vi(3)", "x = Vi(3)")')).toEqual([
    "x + SqDist(",
    "x + SqNorm2(",
    "x + SqNormDiag(",
    "x + SqNormIso(",
    "x + Sqrt(",
    "x + Square(",
  ])
  expect(offered('genericSum("x + ^", "a = Vi(3)", "x = Vi(3)", "xi = Vi(3)")')).toEqual(["x + x", "x + xi"])
  expect(offered('keops("Exp($<x:Vi(3)> - Sq^")')).toEqual(
    ["SqDist(", "SqNorm2(", "SqNormDiag(", "SqNormIso(", "Sqrt(", "Square("].map((name) => `Exp($<x:Vi(3)> - ${name}`),
  )
  expect(offered('genred("Ex^", ["x = Vi(3)"], { reduction: "Sum" })')).toEqual(["Exp(", "Expm1(", "Extract(", "ExtractT("])
  // what only the calculus writes is not offered
  expect(offered('genericSum("SumO^", "a = Vi(3)", "x = Vi(3)")').filter((name) => name.endsWith("("))).toEqual([])
})
