// The ways to run the compiler: CommonJS, incremental, noEmitOnError, --build with references, --watch.
import { spawn } from "node:child_process"
import { createRequire } from "node:module"
import { join } from "node:path"
import { afterEach, expect, test } from "vitest"
import { createProject, diagnostics, type Project, plugin, tspc } from "./project.ts"

const vars = `import { Vi, Vj } from "tskeops"
export const x = Vi("x", 3), y = Vj("y", 3)
`
const good = `import { keops } from "tskeops"
import { x, y } from "./vars.js"
export const f = keops\`SqDist($<x>, $<y>)\`
export const nearest = f.argMin()
`
const bad = good.replace("SqDist(", "SqDits(")
const sentence = /^src\/main\.ts\(3,24\): unknown operation `SqDits`/

let project: Project
afterEach(() => project?.remove())

test("CommonJS output contains its artifacts", async () => {
  project = createProject({
    "package.json": JSON.stringify({ name: "user", private: true }),
    "src/vars.ts": vars,
    "src/main.ts": good,
  })
  expect(diagnostics(await project.compile())).toEqual([])
  const text = project
    .read("out/main.js")
    .replace(/^(const __tskeops_\w+ = ).*$/gm, "$1…")
    .replaceAll("/* @__PURE__ */ ", "")
  expect(text).toContain("(0, tskeops_1.keops)([")
  expect(text).toContain("vars_js_1.x, vars_js_1.y")
  expect(text).toMatch(/exports\.nearest = exports\.f\.argMin\((__tskeops_\w+)\)/)
  const { nearest } = createRequire(join(project.folder, "out/"))("./main.js")
  expect(nearest.signature.formula).toBe("SqDist(x, y)")
})

test("incremental builds report a mistake once in every build", async () => {
  project = createProject({ "src/vars.ts": vars, "src/main.ts": bad }, { incremental: true, tsBuildInfoFile: "out/info" })
  for (let run = 0; run < 2; run++) {
    const found = diagnostics(await project.compile())
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(sentence)
  }
  project.write("src/main.ts", good)
  expect(diagnostics(await project.compile())).toEqual([])
  expect(project.read("out/main.js")).toContain("argMin(__tskeops_")
})

test("noEmitOnError suppresses the output if there is a mistake", async () => {
  project = createProject({ "src/vars.ts": vars, "src/main.ts": bad }, { noEmitOnError: true })
  const found = diagnostics(await project.compile())
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(sentence)
  expect(() => project.read("out/main.js")).toThrow("ENOENT")
})

test("--build compiles a formula of another project from its declarations", async () => {
  const config = (more: object) =>
    JSON.stringify({
      compilerOptions: {
        composite: true,
        strict: true,
        target: "es2022",
        module: "nodenext",
        skipLibCheck: true,
        types: [],
        rootDir: ".",
        outDir: "out",
        plugins: [plugin],
      },
      files: ["main.ts"],
      ...more,
    })
  project = createProject({
    "formulas/tsconfig.json": config({}),
    "formulas/main.ts": `import { keops, Vi, Vj } from "tskeops"
const x = Vi("x", 2), y = Vj("y", 2)
export const distance = keops\`SqDist($<x>, $<y>)\`
`,
    "app/tsconfig.json": config({ references: [{ path: "../formulas" }] }),
    "app/main.ts": `import { distance } from "../formulas/out/main.js"
export const nearest = distance.argKMin(3)
`,
  })
  expect(diagnostics(await project.compile("--build", "app"))).toEqual([])
  const text = project.read("app/out/main.js")
  expect(text).toMatch(/distance\.argKMin\(3, __tskeops_\w+\)/)
  expect(text.includes(`formula: "SqDist(x, y)", variables: [{ name: "x", category: "Vi", dim: 2`)).toBe(true)

  project.write("formulas/main.ts", project.read("formulas/main.ts").replace(/, 2\)/g, ", 5)"))
  expect(diagnostics(await project.compile("--build", "app"))).toEqual([])
  expect(project.read("app/out/main.js").includes(`variables: [{ name: "x", category: "Vi", dim: 5`)).toBe(true)

  project.write("formulas/main.ts", project.read("formulas/main.ts").replace("SqDist", "SqDits"))
  const found = diagnostics(await project.compile("--build", "app"))
  // The project that uses it says so too: it sees a declaration only.
  expect(found.filter((one) => one.startsWith("formulas"))).toHaveLength(1)
  expect(found[0]).toMatch(/^formulas\/main\.ts\(3,31\): unknown operation `SqDits`/)
})

test("--watch recompiles changed files", async () => {
  project = createProject({ "src/vars.ts": vars, "src/main.ts": good })
  const watcher = spawn(process.execPath, [tspc, "-p", ".", "--watch", "--preserveWatchOutput"], { cwd: project.folder })
  let output = ""
  watcher.stdout.on("data", (chunk) => {
    output += chunk
  })
  const round = async (change?: () => void): Promise<readonly string[]> => {
    output = ""
    change?.()
    for (let waited = 0; !/Found \d+ errors?\. Watching/.test(output); waited += 50) {
      if (waited > 120_000) throw new Error(`no answer of the watcher, but: ${output}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return diagnostics(output)
  }
  try {
    expect(await round()).toEqual([])
    expect(project.read("out/main.js")).toContain("argMin(__tskeops_")
    // The file of the formula.
    const found = await round(() => project.write("src/main.ts", bad))
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(sentence)
    expect(await round(() => project.write("src/main.ts", good.replace("argMin()", "kMin(2)")))).toEqual([])
    expect(project.read("out/main.js")).toMatch(/kMin\(2, __tskeops_/)
    // Another file: the one of the formula is taken over as it is, rewritten.
    expect(await round(() => project.write("src/vars.ts", vars.replace(/3/g, "7")))).toEqual([])
    expect(project.read("out/main.js").includes(`name: "x", category: "Vi", dim: 7`)).toBe(true)
    const differ = await round(() => project.write("src/vars.ts", vars.replace(`"y", 3`, `"y", 2`)))
    expect(differ).toHaveLength(1)
    expect(differ[0]).toContain("dimensions 3 and 2 differ")
  } finally {
    watcher.kill()
  }
})
