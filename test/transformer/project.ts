// A user's project in a temporary folder: the built package copied into its node_modules, compiled by tspc. Not a test itself.
import { execFile, execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { vi } from "vitest"

// A compiler takes seconds, and on a busy machine many.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

export const root = fileURLToPath(new URL("../..", import.meta.url))
export const tspc = join(root, "node_modules/ts-patch/bin/tspc.js")
export const plugin = { transform: "tskeops/transformer", transformProgram: true }

const compilerOptions = {
  strict: true,
  target: "es2022",
  module: "nodenext",
  declaration: true,
  skipLibCheck: true,
  types: [],
  rootDir: "src",
  outDir: "out",
  plugins: [plugin],
}

export interface Project {
  readonly folder: string
  read(path: string): string
  write(path: string, text: string): void
  /** Runs tspc and returns its output; ignores the exit status. */
  compile(...args: readonly string[]): Promise<string>
  /** Runs a file with node and returns its output. */
  run(path: string, ...args: readonly string[]): Promise<string>
  remove(): void
}

/** Makes a project of `files`; a tsconfig.json is added, with `options` over the usual ones. */
export function createProject(files: Readonly<Record<string, string>>, options: Readonly<Record<string, unknown>> = {}): Project {
  const folder = mkdtempSync(join(tmpdir(), "tskeops-project-"))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  write("package.json", JSON.stringify({ name: "user", private: true, type: "module" }))
  write("tsconfig.json", JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, include: ["src"] }))
  for (const [path, text] of Object.entries(files)) write(path, text)
  cpSync(builtPackage(), join(folder, "node_modules/tskeops"), { recursive: true })
  return {
    folder,
    write,
    read: (path) => readFileSync(join(folder, path), "utf8"),
    compile: (...args) => node(folder, tspc, ...(args.length === 0 ? ["-p", "."] : args)),
    run: (path, ...args) => node(folder, path, ...args),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Makes a package of node_modules that is installed here one of the project's. */
export function lend({ folder }: Project, name: string): void {
  symlinkSync(join(root, "node_modules", name), join(folder, "node_modules", name), "dir")
}

function node(cwd: string, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 1 << 26 }, (_error, stdout, stderr) => resolve(`${stdout}${stderr}`))
  })
}

/** The package as it is published, built once for each state of the sources. */
function builtPackage(): string {
  const state = createHash("sha256")
  for (const path of sources([
    "src",
    "transformer",
    "tools",
    "language-service",
    "scripts",
    "tsconfig.base.json",
    "tsconfig.build.json",
    "package.json",
  ])) {
    state.update(path).update(readFileSync(join(root, path)))
  }
  const done = join(tmpdir(), `tskeops-package-${state.digest("hex").slice(0, 16)}`)
  if (existsSync(done)) return done
  const folder = mkdtempSync(join(tmpdir(), "tskeops-build-"))
  execFileSync(process.execPath, [join(root, "scripts/build.mjs"), join(folder, "dist")], { stdio: "inherit" })
  for (const name of ["package.json", "language-service"]) cpSync(join(root, name), join(folder, name), { recursive: true })
  try {
    renameSync(folder, done)
  } catch {
    // Another worker was faster.
    rmSync(folder, { recursive: true, force: true })
  }
  return done
}

function sources(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) =>
    statSync(join(root, path)).isDirectory()
      ? sources(
          readdirSync(join(root, path))
            .sort()
            .map((name) => `${path}/${name}`),
        )
      : [path],
  )
}

/** The diagnostics that tspc printed, one a line: `src/a.ts(3,9): …` without the compiler's number. */
export function diagnostics(output: string): readonly string[] {
  return [...output.matchAll(/^(\S+\(\d+,\d+\)): error TS\d+: (.*)$/gm)].map(([, place, text]) => `${place}: ${text}`)
}

/** The position of the first `text` in a file's text, as tspc prints it. */
export function placeOf(file: string, source: string, text: string): string {
  const before = source.slice(0, source.indexOf(text)).split("\n")
  return `${file}(${before.length},${before[before.length - 1]!.length + 1})`
}
