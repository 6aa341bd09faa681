// What README.md and docs/transformer.md tell users to type, typed in empty folders on the Nodes that they name: install, compile, run. The published
// package comes as a tarball; nothing else of the pages is changed.
import { execFileSync, spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { createProject, root } from "../transformer/project.ts"

const read = (page: string) => readFileSync(join(root, page), "utf8")
const section = (text: string, title: string) => text.split(/^## /m).find((part) => part.startsWith(title))!
/** The blocks of code of one language. */
const blocks = (text: string, language: string) =>
  [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter(([, name]) => name === language).map(([, , code]) => code!)

const readme = section(read("README.md"), "In a project of your own")
const versions = section(read("docs/transformer.md"), "Versions")
const [five, six, compile] = blocks(readme, "sh") as [string, string, string]
const [tsconfig] = blocks(readme, "json") as [string]
const [main] = blocks(readme, "typescript") as [string]
const [crash7, crash59] = blocks(versions, "").map((text) => text.trim()) as [string, string]
const printed = /console\.log.*\/\/ (.*)/.exec(main)![1]!

const work = mkdtempSync(join(tmpdir(), "tskeops-install-"))
const project = createProject({})
const published = join(project.folder, "node_modules/tskeops")
execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", work], { cwd: published, stdio: "pipe" })
const tarball = join(work, "tskeops-0.1.0.tgz")
afterAll(() => {
  project.remove()
  rmSync(work, { recursive: true, force: true })
})

/** The folders of Nodes, by major version. */
const nodes = new Map<number, string>([[Number.parseInt(process.versions.node, 10), dirname(process.execPath)]])
function nodeFolder(major: number): string {
  const known = nodes.get(major)
  if (known) return known
  const found = execFileSync("npx", ["-y", "-p", `node@${major}`, "--", "node", "-p", "process.execPath"], { encoding: "utf8" }).trim()
  nodes.set(major, dirname(found))
  return dirname(found)
}

/** An empty folder, and what runs lines of a page there. */
function empty(name: string) {
  const folder = join(work, name)
  mkdirSync(folder)
  return {
    write(path: string, text: string) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    },
    run(node: number, lines: string): { readonly ok: boolean; readonly output: string } {
      const { status, stdout, stderr } = spawnSync("sh", ["-ec", lines.replace("npm install tskeops", `npm install ${tarball}`)], {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, PATH: `${nodeFolder(node)}${delimiter}${process.env.PATH}`, npm_config_prefer_offline: "true" },
      })
      return { ok: status === 0, output: `${stdout}${stderr}` }
    },
  }
}

/** Installs without a word about versions that do not fit. */
function install(folder: ReturnType<typeof empty>, node: number, lines: string): void {
  const { ok, output } = folder.run(node, lines)
  expect(ok ? "installed" : output).toBe("installed")
  expect(output).not.toMatch(/ERESOLVE|EBADENGINE|\bpeer/i)
}

test("the pages agree on what to install", () => {
  expect(blocks(readme, "sh")).toHaveLength(3)
  for (const lines of [five, six]) expect(versions).toContain(`| \`${/.*--save-dev.*/.exec(lines)![0]}\` |`)
})

/** A pair that does not fit: the page shows how it ends. */
function fails(folder: ReturnType<typeof empty>, message: string): void {
  install(folder, 24, "npm install --save-dev ts-patch@4")
  folder.write("tsconfig.json", tsconfig)
  const { ok, output } = folder.run(24, "npx tspc")
  expect(ok).toBe(false)
  expect(output).toContain(message.replace(/ Found.*/, ""))
}

describe.each([
  ["typescript@5.9 ts-patch@3.3", 20, five],
  ["typescript@5.9 ts-patch@3.3", 24, five],
  ["typescript@6 ts-patch@4", 24, six],
] as const)("%s on Node %i", (pair, node, lines) => {
  test("installs, compiles and runs as README.md says", () => {
    expect(lines).toContain(`npm install --save-dev ${pair}\n`)
    const folder = empty(`${pair.replaceAll(/\W+/g, "-")}-${node}`)
    install(folder, node, lines)
    folder.write("tsconfig.json", tsconfig)
    folder.write("src/main.ts", main)
    expect(folder.run(node, compile)).toEqual({ ok: true, output: `${printed}\n` })
    // What is compiled runs on both.
    expect(folder.run(44 - node, "node dist/main.js")).toEqual({ ok: true, output: `${printed}\n` })
    if (lines === five && node === 24) fails(folder, crash59)
  })
})

test("TypeScript 7: the call form and the jit, but no ts-patch", () => {
  const folder = empty("seven")
  install(folder, 20, `npm install tskeops\n${/npm install .*typescript@7/.exec(versions)![0]}\nnpm pkg set type=module`)
  const { plugins: _, ...compilerOptions } = JSON.parse(tsconfig).compilerOptions
  folder.write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] }))
  const call = main.replace("keops`Exp(-SqDist($<x>, $<y>))`", 'keops(["Exp(-SqDist(", ", ", "))"], x, y)')
  expect(call).not.toBe(main)
  folder.write("src/main.ts", `import "tskeops/jit"\n${call}`)
  expect(folder.run(20, "npx tsc\nnode dist/main.js")).toEqual({ ok: true, output: `${printed}\n` })
  // Its tsc loads no transformer and does not say so: the program does, when it runs.
  folder.write("src/main.ts", main)
  const { ok, output } = folder.run(20, "npx tsc\nnode dist/main.js")
  expect(ok).toBe(false)
  expect(output).toMatch(/build with tspc \(TypeScript 5\.9 with ts-patch 3\.3, or 6 with 4; not 7\)/)
  fails(folder, crash7)
})
