// The table of commands: what `--help` says of each, and where its code is.
import type { Output } from "./output.ts"

export interface CommandRow {
  readonly name: string
  /** In the notation of commander: `[optional]`, `<required>`, `<many...>`. */
  readonly arguments?: string
  readonly summary: string
  readonly description: string
  readonly options: readonly (readonly [flags: string, text: string])[]
  readonly examples: readonly string[]
  load(): Promise<{ main(given: never, options: never, output: Output): Promise<number> }>
}

const project = "[project]"
const json = ["--json", "print JSON"] as const
const watch = ["-w, --watch", "go on, and report again after each change"] as const

export const commands: readonly CommandRow[] = [
  {
    name: "init",
    arguments: "[folder]",
    summary: "set up a project: bundler, TypeScript and editor",
    description:
      "Recognises the tools of a project (bundlers, test runners, TypeScript) and writes the lines that each needs, after asking. Run again, it changes nothing.",
    options: [
      ["-y, --yes", "write without asking"],
      ["--dry-run", "print the changes and write nothing"],
    ],
    examples: ["tskeops init", "tskeops init packages/app --dry-run", "tskeops init --yes"],
    load: () => import("./init/main.ts"),
  },
  {
    name: "check",
    arguments: project,
    summary: "print the type errors of a project, those of formulas included",
    description:
      "Prints everything that TypeScript reports of a project, a folder or its tsconfig.json, with our sentences on formulas, in the format of tsc. Exit code: 0 without errors, 1 with errors, 2 if the check could not run.",
    options: [json, watch],
    examples: ["tskeops check", "tskeops check packages/app --watch", "tskeops check tsconfig.app.json --json"],
    load: () => import("./check/main.ts"),
  },
  {
    name: "build",
    arguments: project,
    summary: "check a project and emit JavaScript with kernels",
    description:
      "Checks a project and emits what tsc would, as tsconfig.json asks: JavaScript, declarations and source maps, with the kernels of formulas in it. Exit codes are those of check.",
    options: [watch],
    examples: ["tskeops build", "tskeops build packages/app", "tskeops build --watch"],
    load: () => import("./build/main.ts"),
  },
  {
    name: "explain",
    arguments: "<formula> [variables...]",
    summary: "print what a formula is and costs",
    description:
      "Prints the dimension of a formula, its gradients, its operations for each pair and the bytes of its kernels. Variables are declared as in KeOps.",
    options: [
      ["-r, --reduction <name>", "the reduction, by KeOps's name (default: Sum)"],
      ["--over <axis>", "the axis that is reduced over, i or j (default: j)"],
      ["-k, --k <number>", "K of KMin, ArgKMin and KMin_ArgKMin"],
      ["--weight <formula>", "the second formula of a weighted reduction"],
      ["--ir", "print what is computed, value by value"],
      ["--wgsl", "print the WebGPU kernel, with the names and spaces that a build takes out"],
      ["--wasm", "print the WebAssembly kernel as text"],
      json,
    ],
    examples: [
      'tskeops explain "Exp(-SqDist(x, y))" "x = Vi(3)" "y = Vj(3)"',
      'tskeops explain "SqDist(x, y)" "x = Vi(3)" "y = Vj(3)" --reduction ArgKMin --k 5 --wgsl',
    ],
    load: () => import("./explain/main.ts"),
  },
  {
    name: "lsp",
    summary: "serve an editor that uses TypeScript 7",
    description:
      "Runs the language server of the project's TypeScript 7 behind our own, which adds formulas to its answers, over standard input and output. Editors start it; TypeScript 5.9 and 6 have a plugin instead: tskeops/language-service.",
    options: [["--stdio", "as every editor asks; there is no other way"]],
    examples: ["tskeops lsp --stdio"],
    load: () => import("./lsp/main.ts"),
  },
  {
    name: "doctor",
    arguments: "[folder]",
    summary: "print what this machine and this project have, and what is missing",
    description:
      "Prints versions, the TypeScript of a project, WebGPU adapters and their limits, what WebAssembly can do here, and which tools of the project have the plugin; for each thing that is missing the line that mends it. Exit code: 1 if something is broken.",
    options: [json],
    examples: ["tskeops doctor", "tskeops doctor packages/app --json"],
    load: () => import("./doctor/main.ts"),
  },
]
