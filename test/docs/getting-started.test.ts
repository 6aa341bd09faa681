// What docs/getting-started.md says, done literally: in an empty folder, with the package as a tarball. Needs npm's registry or its cache.
import { afterAll, expect, test } from "vitest"
import { currentNode, install, packed } from "../install/folder.ts"
import { codeOf, read, section } from "./pages.ts"

const page = read("docs/getting-started.md")
const [lines] = codeOf(section(page, "Install"), "sh") as [string]
const [tsconfig] = codeOf(section(page, "Install"), "json") as [string]
const first = section(page, "A first program")
const [main] = codeOf(first, "typescript") as [string]
const [compile] = codeOf(first, "sh") as [string]
const [prints] = codeOf(first, "text") as [string]
const [wrong] = codeOf(first, "ts", "wrong") as [string]

const { empty, remove } = packed()
afterAll(remove)

test("getting-started installs what README.md installs", () => {
  const readme = section(read("README.md"), "With tspc")
  expect(`npm init -y\n${codeOf(readme, "sh")[0]}`).toBe(lines)
  expect(codeOf(readme, "json")).toEqual([tsconfig])
})

test("getting-started ends with the printed result", () => {
  const folder = empty("started")
  install(folder, currentNode, lines)
  folder.write("tsconfig.json", tsconfig)
  folder.write("src/main.ts", main)
  expect(folder.run(currentNode, compile)).toEqual({ ok: true, output: prints })
  // The mistake, in the same program.
  folder.write("src/main.ts", main + wrong)
  const { ok, output } = folder.run(currentNode, "npx tspc")
  expect(ok).toBe(false)
  expect(output).toContain(/\/\/ error: (.*)/.exec(wrong)![1]!)
})
