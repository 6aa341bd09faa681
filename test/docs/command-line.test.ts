// docs/command-line.md shows what the commands print: each block "text" is the output of the block "sh" before it, in a sample project.
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { commands } from "../../tools/cli/commands.ts"
import { command, density, projectWith } from "../cli/command.ts"
import { blocks, read, section } from "./pages.ts"

const page = "docs/command-line.md"
const viteConfig = 'import { defineConfig } from "vite"\n\nexport default defineConfig({\n  plugins: [],\n})\n'

const project = projectWith("5.9", { "src/density.ts": density.replace("SqDist", "SqDst"), "vite.config.ts": viteConfig })
afterAll(() => project.remove())
const manifest = { name: "app", type: "module", scripts: { build: "tsc && vite build" }, devDependencies: { vite: "^8.0.0" } }
writeFileSync(join(project.folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`)
writeFileSync(
  join(project.folder, "tsconfig.json"),
  '{\n  "compilerOptions": {\n    "strict": true,\n    "module": "nodenext"\n  },\n  "include": ["src"]\n}\n',
)

/** The words of a line of a shell, with quotes. */
const words = (line: string) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!)

const shown = /^```sh\nnpx tskeops (.*)\n```\n\n```text\n([\s\S]*?)^```$/gm

test("the outputs on the page are what the commands print", async () => {
  const text = read(page)
  expect([...text.matchAll(shown)].length).toBeGreaterThanOrEqual(5)
  const now = text.replace(shown, (_whole, line: string) => {
    const { out, err } = command(project, ...words(line))
    return `\`\`\`sh\nnpx tskeops ${line}\n\`\`\`\n\n\`\`\`text\n${out}${out && err ? "\n" : ""}${err}\n\`\`\``
  })
  await expect(now).toMatchFileSnapshot(`../../${page}`)
})

test("the sample of doctor has the rows that it prints", () => {
  const sample = blocks(section(read(page), "doctor")).find(({ note }) => note === "sample")!.code
  const names = (text: string) => [...text.matchAll(/^(?:ok|--|!!) {2}(.*?) {2}/gm)].map(([, name]) => name!.trim())
  expect(names(sample)).toEqual(names(command(project, "doctor").out))
})

test.each(commands)("$name has a section that names its options", ({ name, options }) => {
  const text = section(read(page), name)
  for (const [flags] of options) expect(text).toContain(/--[\w-]+/.exec(flags)![0])
})
