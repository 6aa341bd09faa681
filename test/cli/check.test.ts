// `tskeops check` on projects with each TypeScript.
import { afterAll, describe, expect, test } from "vitest"
import { type CompilerName, command, compilers, density, projectWith, tskeops, user, watching } from "./command.ts"

const wrong = density.replace("SqDist", "SqDst").concat('export const count: number = "three"\n')
const sentence = "unknown operation `SqDst` (did you mean `SqDist`?)"

describe.each(Object.keys(compilers) as CompilerName[])("with TypeScript %s", (compiler) => {
  const project = projectWith(compiler, { "src/density.ts": density, "src/main.ts": user.replace("console.log", "void ") })
  afterAll(() => project.remove())

  test("a project without mistakes prints nothing", () => {
    expect(command(project, "check")).toEqual({ code: 0, out: "", err: "" })
  })
  test("a formula's mistake and TypeScript's own are printed in tsc's format", () => {
    project.write("src/density.ts", wrong)
    const { code, out } = command(project, "check")
    expect(code).toBe(1)
    expect(out.split("\n").filter((line) => !line.startsWith(" "))).toEqual([
      `src/density.ts(3,35): error TS2345: ${sentence}`,
      "src/density.ts(4,14): error TS2322: Type 'string' is not assignable to type 'number'.",
    ])
  })
  test("--json prints the same", () => {
    const { code, out } = command(project, "check", ".", "--json")
    expect(code).toBe(1)
    const { errors, problems, typescript } = JSON.parse(out)
    expect(typescript).toMatch(new RegExp(`^${compiler}`))
    expect(errors).toBe(2)
    expect(problems[0]).toMatchObject({ line: 3, column: 35, code: 2345, isOurs: true, message: expect.stringContaining(sentence) })
  })
})

test("--watch reports again after a change", async () => {
  const project = projectWith("5.9", { "src/density.ts": density })
  const watched = watching(project, "check", "--watch")
  try {
    await watched.until("no errors")
    project.write("src/density.ts", wrong)
    await watched.until(sentence)
    await watched.until("2 errors")
    project.write("src/density.ts", density)
    await watched.until("no errors")
  } finally {
    await watched.end()
    project.remove()
  }
})

test("projects that a configuration refers to are checked", () => {
  const project = projectWith("5.9", { "src/density.ts": wrong })
  project.write("tsconfig.app.json", project.read("tsconfig.json"))
  project.write("tsconfig.json", '{ "files": [], /* as in the templates of Vite */ "references": [{ "path": "./tsconfig.app.json" }] }')
  const { code, out } = command(project, "check")
  project.remove()
  expect(code).toBe(1)
  expect(out).toContain(`src/density.ts(3,35): error TS2345: ${sentence}`)
})

test("a project that does not exist is one sentence and exit code 2", async () => {
  expect(await tskeops("check", "nowhere")).toEqual({
    code: 2,
    out: "",
    err: "tskeops: there is no nowhere; name a folder, or its tsconfig.json",
  })
})
