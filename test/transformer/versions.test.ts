// The newest compiler that can be patched, TypeScript 6 with ts-patch 4: the same positions, sentences and output.
// ts-patch 4 needs Node 22.15: where this Node is older, npx fetches a newer one.
import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { head, mistakes, terms } from "../types/words.ts"
import { createProject, diagnostics, type Project } from "./project.ts"

// Every mistake of a term, and those after which something is made of the result.
const words = `${head}${[
  ...terms.map(([term]) => `keops\`Exp(-\${${term}} * $<x>)\`.sum().grad("x")`),
  ...mistakes.map(([code]) => code),
  "keops`Exp(-$<nope>)`.sum()",
  "keops`Exp(-$<#x>) + $<sigma>`.sum()",
].join("\n")}
export {}
`

const files = {
  "src/words.ts": words,
  "src/main.ts": `import { keops, Vi, Vj } from "tskeops"
const x = Vi("x", 3), y = Vj("y", 3)
export const density = keops\`Exp(-SqNorm2($<x> - \${y}))\`.sum()
export const bad = keops\`
  Exp($<x>) + Lgo($<y>)\`
`,
}

const six = createProject(files)
const five = createProject(files)
afterAll(() => {
  for (const project of [six, five] as readonly Project[]) project.remove()
})

test("the transformer runs with TypeScript 6 and ts-patch 4", async () => {
  const tspc = install(six, ["typescript@6.0.3", "ts-patch@4.0.1"])
  const [output, version] = [tspc("-p", "."), tspc("--version")]
  expect(version).toContain("Version 6.0.3")
  const all = diagnostics(output)
  const found = all.filter((one) => one.startsWith("src/main.ts"))
  expect(found).toHaveLength(1)
  // One for each line, but for the head and the end.
  expect(all.length - found.length).toBe(words.split("\n").length - head.split("\n").length - 1)
  expect(found[0]).toMatch(/^src\/main\.ts\(5,15\): unknown operation `Lgo`/)
  expect(all).toEqual(diagnostics(await five.compile()))
  expect(six.read("out/main.js") === five.read("out/main.js")).toBe(true)
  expect(six.read("out/main.d.ts")).toContain(`Reduction<"Exp(-SqNorm2(x - y))"`)
}, 240_000)

/** Installs packages beside tskeops, which npm would take for superfluous: it is a copy. Gives what runs tspc there. */
function install({ folder }: Project, packages: readonly string[]): (...args: readonly string[]) => string {
  const tools = join(folder, "tools")
  execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline", "--prefix", tools, ...packages], {
    cwd: folder,
  })
  const program = join(tools, "node_modules/ts-patch/bin/tspc.js")
  const [major, minor] = process.versions.node.split(".").map(Number) as [number, number]
  const isNew = major > 22 || (major === 22 && minor >= 15)
  const [command, first] = isNew ? [process.execPath, []] : ["npx", ["-y", "-p", "node@24", "node"]]
  return (...args) => {
    try {
      return execFileSync(command, [...first, program, ...args], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
    } catch (error) {
      // tspc found mistakes.
      return (error as { readonly stdout: string }).stdout
    }
  }
}
