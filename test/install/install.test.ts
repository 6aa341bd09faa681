// What README.md and docs/transformer.md tell users to type, typed in empty folders on the Nodes that they name: install, compile, run. The published
// package comes as a tarball; nothing else of the pages is changed.
import { afterAll, describe, expect, test } from "vitest"
import { codeOf, read, section } from "../docs/pages.ts"
import { snippets } from "../docs/snippets.ts"
import { type Folder, install, packed } from "./folder.ts"

const readme = section(read("README.md"), "With tspc")
const versions = section(read("docs/transformer.md"), "Versions")
const [five, six, compile] = codeOf(readme, "sh") as [string, string, string]
const [tsconfig] = codeOf(readme, "json") as [string]
const { code: main, prints } = snippets("README.md", read("README.md").split(/^## /m)[0]!)[0]!
const [crash7, crash59] = codeOf(versions, "").map((text) => text.trim()) as [string, string]

const { empty, remove } = packed()
afterAll(remove)

test("the pages agree on what to install", () => {
  expect(codeOf(readme, "sh")).toHaveLength(3)
  for (const lines of [five, six]) expect(versions).toContain(`| \`${/.*--save-dev.*/.exec(lines)![0]}\` |`)
})

/** An incompatible pair of versions: the page shows the error. */
function fails(folder: Folder, message: string): void {
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
  test("can be installed, compiled and run as README.md describes", () => {
    expect(lines).toContain(`npm install --save-dev ${pair}\n`)
    const folder = empty(`${pair.replaceAll(/\W+/g, "-")}-${node}`)
    install(folder, node, lines)
    folder.write("tsconfig.json", tsconfig)
    folder.write("src/main.ts", main)
    expect(folder.run(node, compile)).toEqual({ ok: true, output: prints })
    // The compiled program runs on both.
    expect(folder.run(44 - node, "node dist/main.js")).toEqual({ ok: true, output: prints })
    if (lines === five && node === 24) fails(folder, crash59)
  })
})

test("TypeScript 7 supports the call form and the jit, but not ts-patch", () => {
  const folder = empty("seven")
  install(folder, 20, `npm install tskeops\n${/npm install .*typescript@7/.exec(versions)![0]}\nnpm pkg set type=module`)
  const { plugins: _, ...compilerOptions } = JSON.parse(tsconfig).compilerOptions
  folder.write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] }))
  const call = main.replace(/keops`.*`/, 'keops(["Exp(-", " * SqDist(", ", ", ")) * ", ""], g, x, y, people)')
  expect(call).not.toBe(main)
  folder.write("src/main.ts", `import "tskeops/jit"\n${call}`)
  expect(folder.run(20, "npx tsc\nnode dist/main.js")).toEqual({ ok: true, output: prints })
  // Its tsc loads no transformer and does not say so: the program does, when it runs.
  folder.write("src/main.ts", main)
  const { ok, output } = folder.run(20, "npx tsc\nnode dist/main.js")
  expect(ok).toBe(false)
  expect(output).toMatch(/needs the build: run `npx tskeops init`/)
  fails(folder, crash7)
})
