// How a formula gets its kernels, in a few lines for each entry of the package: for llms.txt, which has those that the package exports.
import manifest from "../../package.json" with { type: "json" }

interface Way {
  /** The entries of package.json that it needs; "bin" is the command. */
  readonly entries: readonly string[]
  readonly title: string
  readonly lines: readonly string[]
}

const plugin = (name: string) => [`import tskeops from "tskeops/${name}"`, "export default { plugins: [tskeops()] }"]

/** The ways in, those to take first at first. */
const all: readonly Way[] = [
  { entries: ["./vite"], title: "Vite and Vitest, vite.config.ts", lines: plugin("vite") },
  {
    entries: ["./rollup", "./rolldown", "./webpack", "./rspack", "./esbuild", "./bun", "./farm"],
    title:
      "Rollup, Rolldown, webpack, Rspack, esbuild, Bun and Farm: the same with tskeops/rollup, tskeops/rolldown, tskeops/webpack, tskeops/rspack, tskeops/esbuild, tskeops/bun, tskeops/farm",
    lines: plugin("rollup"),
  },
  {
    entries: ["./next", "./loader"],
    title: "Next.js, with Turbopack and with webpack, next.config.ts (tskeops/loader is what it sets up)",
    lines: ['import { withTskeops } from "tskeops/next"', "export default withTskeops({})"],
  },
  {
    entries: ["bin"],
    title: "The command line, with TypeScript 5.9, 6 or 7",
    lines: [
      "npx tskeops init      # recognises the project's tools and writes their configuration",
      "npx tskeops check     # type-checks, formulas included, and prints as tsc does",
      "npx tskeops build     # emits JavaScript with kernels, declarations and source maps; --watch",
      'npx tskeops explain "Exp(-SqDist(x, y))" "x = Vi(3)" "y = Vj(3)"',
      "npx tskeops doctor    # versions, adapters, limits, what is missing and how to mend it",
    ],
  },
  { entries: ["./node"], title: "Node without a build", lines: ["node --import tskeops/node app.ts"] },
  {
    entries: ["./transformer"],
    title: "tspc in the place of tsc: TypeScript 5.9 with ts-patch 3.3, or TypeScript 6 with ts-patch 4 (Node 22.15); tsconfig.json",
    lines: ['{ "compilerOptions": { "plugins": [{ "transform": "tskeops/transformer", "transformProgram": true }] } }'],
  },
  {
    entries: ["./jit"],
    title:
      "No build at all (a REPL, a notebook, dimensions that are known at run time only): the compiler comes along and compiles at the first call",
    lines: ['import "tskeops/jit"'],
  },
  {
    entries: ["./language-service"],
    title: "Editors with TypeScript 5.9 or 6, tsconfig.json; with TypeScript 7 `tskeops lsp` is the language server",
    lines: ['{ "compilerOptions": { "plugins": [{ "name": "tskeops/language-service" }] } }'],
  },
  {
    entries: ["./eslint"],
    title: "ESLint, eslint.config.js: the errors of the build in any editor",
    lines: ['import tskeops from "tskeops/eslint"', "export default [tskeops.configs.recommended]"],
  },
]

/** What package.json exports to be used by a line of configuration or an import of its own. */
export const exported: readonly string[] = [
  ...Object.keys(manifest.exports).filter((name) => name !== "." && name !== "./package.json"),
  ...("bin" in manifest ? ["bin"] : []),
]
/** All entries that the ways name. */
export const known: readonly string[] = all.flatMap(({ entries }) => entries)

/** The ways that the package has. */
export function waysIn(): string {
  return all
    .filter(({ entries }) => entries.every((entry) => exported.includes(entry)))
    .map(({ title, lines }) => `${title}:\n\n\`\`\`\n${lines.join("\n")}\n\`\`\`\n`)
    .join("\n")
}
