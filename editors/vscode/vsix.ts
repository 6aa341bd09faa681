// `npm run vscode`: makes the extension in out/vscode, where VS Code can run it (`code --extensionDevelopmentPath=out/vscode`), and packs it as a
// .vsix: a zip with a manifest of Visual Studio's, which VS Code's own packer (`@vscode/vsce`) writes too; that one needs Node 22 and builds native code.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"
import { strToU8, zipSync } from "fflate"
import tskeops from "../../package.json" with { type: "json" }
import { grammars } from "./grammar.ts"
import source from "./package.json" with { type: "json" }

const root = fileURLToPath(new URL("../..", import.meta.url))
const folder = join(root, "editors/vscode")
/** It has the version of tskeops. Its sources are modules, and what is made of them is not. */
const { type: _, ...rest } = source
const manifest = { ...rest, version: tskeops.version }
type Files = Readonly<Record<string, Uint8Array>>

/** The files of the extension, by their paths in it. */
export async function extensionFiles(): Promise<Files> {
  const { outputFiles } = await build({
    entryPoints: [join(folder, "extension.ts")],
    bundle: true,
    minify: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode"],
    legalComments: "inline",
    logLevel: "warning",
  })
  const syntaxes = Object.entries(grammars).map(([name, grammar]) => [`syntaxes/${name}`, strToU8(JSON.stringify(grammar))] as const)
  return {
    "package.json": strToU8(`${JSON.stringify(manifest, null, 2)}\n`),
    "README.md": readFileSync(join(folder, "README.md")),
    "LICENSE.txt": readFileSync(join(root, "LICENSE")),
    "dist/extension.js": outputFiles[0]!.contents,
    ...Object.fromEntries(syntaxes),
  }
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }
const xml = (text: string) => text.replaceAll(/[&<>"]/g, (character) => entities[character]!)

function vsixManifest(): string {
  const { name, publisher, version, displayName, description, keywords, categories, engines, extensionKind, homepage, bugs, repository } =
    manifest
  const properties = {
    "Microsoft.VisualStudio.Code.Engine": engines.vscode,
    "Microsoft.VisualStudio.Code.ExtensionDependencies": "",
    "Microsoft.VisualStudio.Code.ExtensionPack": "",
    "Microsoft.VisualStudio.Code.ExtensionKind": extensionKind.join(","),
    "Microsoft.VisualStudio.Code.ExecutesCode": "true",
    "Microsoft.VisualStudio.Services.Links.Source": repository.url,
    "Microsoft.VisualStudio.Services.Links.Getstarted": repository.url,
    "Microsoft.VisualStudio.Services.Links.Support": bugs.url,
    "Microsoft.VisualStudio.Services.Links.Learn": homepage,
    "Microsoft.VisualStudio.Services.GitHubFlavoredMarkdown": "true",
    "Microsoft.VisualStudio.Services.Content.Pricing": "Free",
  }
  const assets = {
    "Microsoft.VisualStudio.Code.Manifest": "package.json",
    "Microsoft.VisualStudio.Services.Content.Details": "README.md",
    "Microsoft.VisualStudio.Services.Content.License": "LICENSE.txt",
  }
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${xml(name)}" Version="${xml(version)}" Publisher="${xml(publisher)}" />
    <DisplayName>${xml(displayName)}</DisplayName>
    <Description xml:space="preserve">${xml(description)}</Description>
    <Tags>${xml(keywords.join(","))}</Tags>
    <Categories>${xml(categories.join(","))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
${Object.entries(properties)
  .map(([id, value]) => `      <Property Id="${id}" Value="${xml(value)}" />`)
  .join("\n")}
    </Properties>
    <License>extension/LICENSE.txt</License>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code" />
  </Installation>
  <Dependencies />
  <Assets>
${Object.entries(assets)
  .map(([type, path]) => `    <Asset Type="${type}" Path="extension/${path}" Addressable="true" />`)
  .join("\n")}
  </Assets>
</PackageManifest>
`
}

/** The kinds of files that there are, as the zip must name them. */
const contentTypes = {
  json: "application/json",
  js: "application/javascript",
  md: "text/markdown",
  txt: "text/plain",
  vsixmanifest: "text/xml",
}

/** The package, the same bytes for the same files. */
export function vsix(files: Files): Uint8Array {
  const types = Object.entries(contentTypes).map(([extension, type]) => `<Default Extension=".${extension}" ContentType="${type}"/>`)
  const all = {
    "[Content_Types].xml": strToU8(
      `<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${types.join("")}</Types>\n`,
    ),
    "extension.vsixmanifest": strToU8(vsixManifest()),
    ...Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`extension/${path}`, bytes])),
  }
  return zipSync(all, { level: 9, mtime: new Date("2000-01-01T00:00:00") })
}

export async function main(): Promise<void> {
  const made = join(root, "out/vscode")
  rmSync(made, { recursive: true, force: true })
  const files = await extensionFiles()
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(made, path)), { recursive: true })
    writeFileSync(join(made, path), bytes)
  }
  const packed = join(root, `out/tskeops-${manifest.version}.vsix`)
  const bytes = vsix(files)
  writeFileSync(packed, bytes)
  console.log(`${packed}: ${Object.keys(files).length} files, ${bytes.length} bytes`)
}
