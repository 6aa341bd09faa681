// The table of tools that can have the plugin: how each is recognised, and how its configuration is written.

export interface ToolRow {
  readonly name: string
  /** It is used where package.json lists one of these. */
  readonly packages: readonly string[]
  /** Its configuration file without the ending; or the call that scripts make, where it is configured in those. */
  readonly config?: string
  readonly calls?: readonly string[]
  readonly entry: string
  /** `plugins`: a list in the configuration, or in the argument of a call. `wrap`: a function around the configuration. */
  readonly edit: "plugins" | "wrap"
  /** Its configuration where there is no file. */
  readonly create?: { readonly file: string; readonly text: string }
  /** It counts only if it has a configuration file: others bring its package along. */
  readonly onlyIfConfigured?: true
}

const viteConfig = (from: string) =>
  `import tskeops from "tskeops/vite"\nimport { defineConfig } from "${from}"\n\nexport default defineConfig({\n  plugins: [tskeops()],\n})\n`

export const toolTable: readonly ToolRow[] = [
  {
    name: "Vite",
    packages: ["vite"],
    config: "vite.config",
    entry: "tskeops/vite",
    edit: "plugins",
    create: { file: "vite.config.ts", text: viteConfig("vite") },
  },
  // Without a configuration of its own it reads Vite's.
  {
    name: "Vitest",
    packages: ["vitest"],
    config: "vitest.config",
    entry: "tskeops/vite",
    edit: "plugins",
    create: { file: "vitest.config.ts", text: viteConfig("vitest/config") },
  },
  { name: "webpack", packages: ["webpack"], config: "webpack.config", entry: "tskeops/webpack", edit: "plugins" },
  { name: "Rspack", packages: ["@rspack/core", "@rspack/cli"], config: "rspack.config", entry: "tskeops/rspack", edit: "plugins" },
  {
    name: "Next",
    packages: ["next"],
    config: "next.config",
    entry: "tskeops/next",
    edit: "wrap",
    create: { file: "next.config.mjs", text: 'import { withTskeops } from "tskeops/next"\n\nexport default withTskeops({})\n' },
  },
  { name: "Rollup", packages: ["rollup"], config: "rollup.config", entry: "tskeops/rollup", edit: "plugins", onlyIfConfigured: true },
  {
    name: "Rolldown",
    packages: ["rolldown"],
    config: "rolldown.config",
    entry: "tskeops/rolldown",
    edit: "plugins",
    onlyIfConfigured: true,
  },
  { name: "Farm", packages: ["@farmfe/core"], config: "farm.config", entry: "tskeops/farm", edit: "plugins" },
  {
    name: "esbuild",
    packages: ["esbuild"],
    calls: ["build", "context", "esbuild.build", "esbuild.context"],
    entry: "tskeops/esbuild",
    edit: "plugins",
  },
  { name: "Bun", packages: ["@types/bun", "bun-types"], calls: ["Bun.build"], entry: "tskeops/bun", edit: "plugins" },
]

/** The lines to write by hand, where a configuration has a shape that is not recognised. */
export function linesFor({ edit, entry }: ToolRow): string {
  return edit === "wrap"
    ? `import { withTskeops } from "${entry}"\n\nexport default withTskeops(/* the configuration */)`
    : `import tskeops from "${entry}"\n\nplugins: [tskeops()]`
}
