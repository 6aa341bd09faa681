// `tskeops build` on projects with each TypeScript: what it emits runs, and its maps lead to what users wrote.
import { existsSync } from "node:fs"
import { join } from "node:path"
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping"
import { afterAll, describe, expect, test } from "vitest"
import { type Project, placeOf } from "../transformer/project.ts"
import { type CompilerName, command, compilers, density, projectWith, user, watching } from "./command.ts"

const files = { "src/density.ts": density, "src/main.ts": user, "src/console.d.ts": "declare const console: { log(text: string): void }\n" }

/** Where a text of an emitted file comes from, as tsc prints places. */
function origin(project: Project, path: string, text: string): string {
  const [, line, column] = /\((\d+),(\d+)\)/.exec(placeOf(path, project.read(path), text))!
  const found = originalPositionFor(new TraceMap(project.read(`${path}.map`)), { line: Number(line), column: Number(column) - 1 })
  return `${found.source}(${found.line},${found.column! + 1})`
}

describe.each(Object.keys(compilers) as CompilerName[])("with TypeScript %s", (compiler) => {
  const project = projectWith(compiler, files, { sourceMap: true, declarationMap: true })
  afterAll(() => project.remove())

  test("JavaScript, declarations and maps are emitted, and the program runs", async () => {
    expect(command(project, "build")).toEqual({ code: 0, out: "", err: "" })
    expect(await project.run("out/main.js")).toBe("1.3679\n")
    expect(project.read("out/density.d.ts")).toContain('Reduction<"Exp(-SqDist(x, y))", "x = Vi(3)" | "y = Vj(3)", "Sum", "j", 0, "">')
    expect(JSON.parse(project.read("out/density.d.ts.map")).sources).toEqual(["../src/density.ts"])
  })
  test("source maps lead to the user's lines and columns", () => {
    expect(origin(project, "out/density.js", "keops([")).toBe(`../${placeOf("src/density.ts", density, "keops`")}`)
    expect(origin(project, "out/density.js", "sum(")).toBe(`../${placeOf("src/density.ts", density, "sum()")}`)
    expect(origin(project, "out/main.js", "data[0]")).toBe(`../${placeOf("src/main.ts", user, "data[0]")}`)
  })
  test("a mistake is printed, and the exit code is 1", () => {
    project.write("src/density.ts", density.replace("SqDist", "SqDst"))
    const { code, out } = command(project, "build")
    project.write("src/density.ts", density)
    expect(code).toBe(1)
    expect(out).toContain("src/density.ts(3,35): error TS2345: unknown operation `SqDst` (did you mean `SqDist`?)")
  })
})

describe("tsconfig.json", () => {
  test.each(["5.9", 7] as const)("noEmitOnError is respected with TypeScript %s", (compiler) => {
    const project = projectWith(compiler, { ...files, "src/density.ts": density.replace("SqDist", "SqDst") }, { noEmitOnError: true })
    expect(command(project, "build").code).toBe(1)
    expect(existsSync(join(project.folder, "out"))).toBe(false)
    project.remove()
  })
  test.each(["5.9", 7] as const)("noEmit is said with TypeScript %s", (compiler) => {
    const project = projectWith(compiler, files, { noEmit: true })
    const { code, err } = command(project, "build")
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringContaining('tsconfig.json has "noEmit": true, so that nothing was written'),
    })
    expect(existsSync(join(project.folder, "out"))).toBe(false)
    project.remove()
  })
  test("an incremental build writes again only what changed", async () => {
    const project = projectWith("5.9", files, { incremental: true })
    expect(command(project, "build").code).toBe(0)
    project.write("out/main.js", "console.log('kept')\n")
    project.write("src/density.ts", density.replace("-SqDist", "-0.5 * SqDist"))
    expect(command(project, "build").code).toBe(0)
    expect(project.read("out/density.js")).toContain("-0.5 * SqDist")
    project.remove()
  })
  test.each(["5.9", 7] as const)("projects that it refers to are built first, with TypeScript %s", async (compiler) => {
    const project = projectWith(compiler, files)
    const config = JSON.parse(project.read("tsconfig.json"))
    project.write("tsconfig.app.json", JSON.stringify({ ...config, compilerOptions: { ...config.compilerOptions, composite: true } }))
    project.write("tsconfig.json", JSON.stringify({ files: [], references: [{ path: "./tsconfig.app.json" }] }))
    expect(command(project, "build")).toEqual({ code: 0, out: "", err: "" })
    expect(await project.run("out/main.js")).toBe("1.3679\n")
    project.remove()
  })
})

test.each(["5.9", 7] as const)("--watch emits again after a change, with TypeScript %s", async (compiler) => {
  const project = projectWith(compiler, files)
  const watched = watching(project, "build", "--watch")
  try {
    await watched.until(compiler === 7 ? "no errors" : "Found 0 errors")
    project.write("src/density.ts", density.replace("-SqDist", "-0.5 * SqDist"))
    await watched.until(compiler === 7 ? "no errors" : "Found 0 errors")
    expect(project.read("out/density.js")).toContain("-0.5 * SqDist")
  } finally {
    await watched.end()
    project.remove()
  }
})

test("a folder without tsconfig.json is one sentence and exit code 2", () => {
  const project = projectWith("5.9", files)
  const { code, err } = command(project, "build", "src")
  project.remove()
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringMatching(/^tskeops: there is no .*src[\\/]tsconfig\.json, which says what to build/),
  })
})
