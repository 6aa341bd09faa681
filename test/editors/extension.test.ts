// The VS Code extension: its manifest, what is packed, and which server it starts.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { strFromU8, unzipSync } from "fflate"
import ts from "typescript"
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { grammars, hosts } from "../../editors/vscode/grammar.ts"
import * as say from "../../editors/vscode/messages.ts"
import { installed, planFor } from "../../editors/vscode/server.ts"
import { extensionFiles, vsix } from "../../editors/vscode/vsix.ts"
import tskeops from "../../package.json" with { type: "json" }
import { sources } from "../layers/sources.ts"

let packed: Uint8Array
let files: Readonly<Record<string, Uint8Array>>
const text = (path: string) => strFromU8(files[path]!)
const manifest = () => JSON.parse(text("extension/package.json"))
beforeAll(async () => {
  packed = vsix(await extensionFiles())
  files = unzipSync(packed)
})

describe("the .vsix", () => {
  test("has these files, and no test, source or map", () => {
    expect(Object.keys(files).sort()).toEqual(
      [
        "[Content_Types].xml",
        "extension.vsixmanifest",
        "extension/LICENSE.txt",
        "extension/README.md",
        "extension/dist/extension.js",
        "extension/package.json",
        ...Object.keys(grammars).map((name) => `extension/syntaxes/${name}`),
      ].sort(),
    )
    expect(packed.length).toBeLessThan(200_000)
    for (const path of Object.keys(files)) expect(text(path)).not.toMatch(/vitest|expect\(|test\/editors/)
  })
  test("is the same bytes for the same files", async () => {
    expect(Buffer.compare(vsix(await extensionFiles()), packed)).toBe(0)
  })
  test("has a manifest of Visual Studio's that names the files, and says what package.json says", () => {
    const xml = text("extension.vsixmanifest")
    for (const [, path] of xml.matchAll(/Path="([^"]+)"/g)) expect(Object.keys(files)).toContain(path)
    expect(/<License>(.*)<\/License>/.exec(xml)?.[1]).toBe("extension/LICENSE.txt")
    const { name, publisher, version, engines } = manifest()
    expect(xml).toContain(`Id="${name}" Version="${version}" Publisher="${publisher}"`)
    expect(xml).toContain(`<Property Id="Microsoft.VisualStudio.Code.Engine" Value="${engines.vscode}" />`)
    expect(xml).not.toMatch(/undefined|\[object/)
  })
  test("names the kind of each file, as a zip of this kind must", () => {
    const known = [...text("[Content_Types].xml").matchAll(/Extension="(\.\w+)"/g)].map(([, extension]) => extension!)
    for (const path of Object.keys(files).filter((one) => one !== "[Content_Types].xml"))
      expect(known.some((extension) => path.endsWith(extension))).toBe(true)
  })
})

describe("the extension's manifest", () => {
  test("has the version of tskeops, and is that of a CommonJS package", () => {
    expect(manifest().version).toBe(tskeops.version)
    expect(manifest().type).toBeUndefined()
    expect(Object.keys(files)).toContain(join("extension", manifest().main))
  })
  test("contributes each grammar to each language", () => {
    expect(manifest().contributes.grammars).toEqual(
      Object.entries(grammars).map(([name, { scopeName }]) => ({ scopeName, path: `./syntaxes/${name}`, injectTo: hosts })),
    )
    for (const [name, grammar] of Object.entries(grammars)) expect(JSON.parse(text(`extension/syntaxes/${name}`))).toEqual(grammar)
  })
  test("declares the settings and commands that the code reads, and no other", () => {
    const { text: code } = sources("editors/vscode").find(({ path }) => path.endsWith("extension.ts"))!
    const { configuration, commands } = manifest().contributes
    const settings = Object.keys(configuration.properties).map((name) => name.replace("tskeops.", ""))
    expect([...code.matchAll(/\.get(?:<\w+>)?\("(\w+)", /g)].map(([, name]) => name).sort()).toEqual(settings.sort())
    expect([...code.matchAll(/registerCommand\("([\w.]+)"/g)].map(([, name]) => name)).toEqual(
      commands.map(({ command }: { readonly command: string }) => command),
    )
  })
  test("asks for a VS Code that the language client works with, whose types it was checked against", () => {
    const require = createRequire(import.meta.url)
    const wanted = manifest().engines.vscode
    const client = JSON.parse(ts.sys.readFile(join(dirname(require.resolve("vscode-languageclient/node")), "../../package.json"))!)
    expect(client.engines.vscode).toBe(wanted)
    expect(`^${tskeops.devDependencies["@types/vscode"]}`).toBe(wanted)
  })
})

describe("the server of a folder", () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tskeops-vscode-"))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** Installs packages in a folder above, as in a monorepo. */
  function install(packages: Readonly<Record<string, object>>): string {
    for (const [name, rest] of Object.entries(packages)) {
      mkdirSync(join(folder, "node_modules", name, "dist"), { recursive: true })
      writeFileSync(join(folder, "node_modules", name, "package.json"), JSON.stringify({ name, ...rest }))
      writeFileSync(join(folder, "node_modules", name, "dist/cli.js"), "")
    }
    const inner = join(folder, "packages/app")
    mkdirSync(inner, { recursive: true })
    return inner
  }
  const command = () => join(folder, "node_modules/tskeops/dist/cli.js")

  test("is that of the workspace's own tskeops, where TypeScript is 7", () => {
    const app = install({ typescript: { version: "7.0.2" }, tskeops: { version: "0.1.0", bin: { tskeops: "./dist/cli.js" } } })
    expect(installed(app)).toEqual({ typescript: "7.0.2", command: command() })
    expect(planFor(app, "auto", installed(app))).toEqual({ run: command() })
    expect(planFor(app, "on", installed(app))).toEqual({ run: command() })
    expect(planFor(app, "off", installed(app))).toEqual({})
  })
  test("is not started for TypeScript 5.9 and 6, which have a plugin", () => {
    const app = install({ typescript: { version: "6.0.3" }, tskeops: { version: "0.1.0", bin: "dist/cli.js" } })
    expect(installed(app)).toEqual({ typescript: "6.0.3", command: command() })
    expect(planFor(app, "auto", installed(app))).toEqual({})
    expect(planFor(app, "on", installed(app))).toEqual({ problem: say.notForServer(app, "6.0.3") })
  })
  test("is missed aloud only where it was asked for", () => {
    const empty = install({})
    expect(installed(empty)).toEqual({})
    expect(planFor(empty, "auto", {})).toEqual({})
    expect(planFor(empty, "on", {})).toEqual({ problem: say.notInstalled(empty) })
    expect(planFor(empty, "on", { command: "x" })).toEqual({ problem: say.noTypeScript(empty) })
  })
  test("is not that of a tskeops without one, or whose file is gone", () => {
    const app = install({ typescript: { version: "7.1.0" }, tskeops: { version: "0.0.9" } })
    expect(installed(app).command).toBeUndefined()
    install({ tskeops: { version: "0.1.0", bin: { tskeops: "./dist/gone.js" } } })
    expect(installed(app).command).toBeUndefined()
  })
})
