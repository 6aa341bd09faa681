// A file with five different mistakes: the same five sentences at the same columns, whichever tool reads it.
import { execFile } from "node:child_process"
import { symlinkSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { ESLint } from "eslint"
import { afterAll, expect, test } from "vitest"
import { loader } from "../bundlers/app.ts"
import { bundlers } from "../bundlers/bundlers.ts"
import { bundleProxy, LspClient } from "../editor/lsp-client.ts"
import { TsServer } from "../editor/tsserver.ts"
import { createProject, lend, type Project, root } from "../transformer/project.ts"

// JavaScript, so that ESLint's own parser reads it; TypeScript infers all its types.
const wrong = `import { keops, Vi, Vj } from "tskeops"
const x = Vi("x", 3), y = Vj("y", 2), sigma = [2].length
export const unknown = keops\`Exp(\${x}) + Exq($<x>)\`.sum()
export const dims = keops\`
  Exp(-SqDist($<x>, $<y>))\`.sum()
/* ä𝒳 */ export const term = keops\`\${sigma} * $<x>\`.sum()
export const rank = keops(["Norm2(", ")"], x).argKMin(0)
export const weight = keops\`Norm2($<x>)\`.sumSoftMaxWeight(keops\`Norm2($<y> - $<x:Vi(4)>)\`)
console.log(unknown, dims, term, rank, weight)
`
const expected = [
  "3:42 unknown operation `Exq` (did you mean `Exp`?)",
  "5:8 in `SqDist(x, y)`: dimensions 3 and 2 differ; they must be equal, or one of them 1",
  '6:39 `sigma` is a number that is not known before the program runs; declare it as a parameter, like `Pm("sigma", 1)`, and pass its value at the call',
  "7:55 K, the number of entries to keep, must be an integer from 1 to 65536, got 0",
  "8:73 in `y - x`: dimensions 2 and 4 differ; they must be equal, or one of them 1",
]

const projects: Project[] = []
function projectWith(typescript: string): Project {
  const project = createProject(
    { "src/wrong.js": wrong, "src/main.ts": 'import "./wrong.js"\n' },
    {
      allowJs: true,
      checkJs: true,
      lib: ["es2022", "dom"],
      declaration: false,
      plugins: [{ name: "tskeops/language-service" }, { transform: "tskeops/transformer", transformProgram: true }],
    },
  )
  symlinkSync(join(root, "node_modules", typescript), join(project.folder, "node_modules/typescript"), "dir")
  lend(project, "esbuild")
  project.write("esbuild-loader.cjs", loader)
  projects.push(project)
  return project
}
afterAll(() => {
  for (const project of projects) project.remove()
})

/** `src/wrong.js(3,39): error TS2345: …`, `wrong.js:3:39 …`: whatever holds a place before one of the sentences. */
const found = (output: string, isFromZero = false) =>
  expected.filter((one) => {
    const [, line, column, sentence] = /^(\d+):(\d+) (.*)$/.exec(one)!
    const at = `wrong\\.js[(:]${line}[,:]${Number(column) - (isFromZero ? 1 : 0)}\\b`
    return new RegExp(at).test(output) && output.includes(sentence!)
  })
const command = ({ folder }: Project, ...args: readonly string[]) =>
  new Promise<string>((resolve) => {
    execFile(process.execPath, [join(folder, "node_modules/tskeops/dist/tools/cli.cjs"), ...args], { cwd: folder }, (_, out, err) =>
      resolve(out + err),
    )
  })

/** Each tool, and what it says: lines like the expected ones. */
const tools: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  tspc: async () => found(await projectWith("typescript").compile()),
  ...Object.fromEntries(
    ["typescript", "typescript-6", "typescript-7"].map((name) => [
      `tskeops check of ${name}`,
      async () => found(await command(projectWith(name), "check")),
    ]),
  ),
  ...Object.fromEntries(
    (["vite", "webpack", "rspack", "rollup", "rolldown"] as const).map((name) => [
      name,
      async () => found((await bundlers[name]!(projectWith("typescript"))).errors.join("\n")),
    ]),
  ),
  "vite with TypeScript 7": async () => found((await bundlers.vite!(projectWith("typescript-7"))).errors.join("\n")),
  // It counts columns from 0, in bytes.
  esbuild: async () => {
    const text = (await bundlers.esbuild!(projectWith("typescript"))).errors.join("\n")
    return [...found(text, true), ...(/wrong\.js:6:4\d/.test(text) ? [expected[2]!] : [])].sort()
  },
  ESLint: async () => {
    const { folder } = projectWith("typescript")
    const { default: plugin } = (await import(pathToFileURL(join(folder, "node_modules/tskeops/dist/tools/eslint.js")).href)) as {
      default: ESLint.Plugin
    }
    const eslint = new ESLint({
      cwd: folder,
      overrideConfigFile: true,
      overrideConfig: [{ plugins: { tskeops: plugin }, rules: { "tskeops/formulas": "error" } }],
    })
    const [result] = await eslint.lintFiles("src/wrong.js")
    return result!.messages.map(({ line, column, message }) => `${line}:${column} ${message.split("\n")[0]}`)
  },
  ...Object.fromEntries(
    ["typescript", "typescript-6"].map((name) => [
      `tsserver of ${name}`,
      async () => {
        const { folder } = projectWith(name)
        const server = new TsServer(join(root, "node_modules", name), folder, "--allowLocalPluginLoads")
        const file = join(folder, "src/wrong.js")
        server.send("open", { file })
        type Found = { readonly start: { readonly line: number; readonly offset: number }; readonly text: string }[]
        const all = (await server.ask<Found>("semanticDiagnosticsSync", { file })) ?? []
        server.close()
        return all.map(({ start, text }) => `${start.line}:${start.offset} ${text.split("\n")[0]}`)
      },
    ]),
  ),
  "tskeops lsp of TypeScript 7": async () => {
    const { folder } = projectWith("typescript-7")
    const proxy = await bundleProxy()
    const client = new LspClient(proxy.file, folder)
    await client.initialize(folder)
    const uri = pathToFileURL(join(folder, "src/wrong.js")).href
    client.tell("textDocument/didOpen", { textDocument: { uri, languageId: "javascript", version: 1, text: wrong } })
    const { items } = (await client.ask("textDocument/diagnostic", { textDocument: { uri } })) as {
      items: { range: { start: { line: number; character: number } }; message: string }[]
    }
    await client.close()
    proxy.remove()
    return items.map(({ range: { start }, message }) => `${start.line + 1}:${start.character + 1} ${message.split("\n")[0]}`)
  },
}

test.each(Object.entries(tools))("%s says all five", async (_name, said) => {
  expect([...(await said())].sort()).toEqual(expected)
})
