// What a plugin is given, and what it becomes.
import { existsSync, realpathSync } from "node:fs"
import { resolve } from "node:path"
import picomatch from "picomatch"
import type { Target } from "../../src/artifact/targets.ts"
import { wrongTargets } from "../../transformer/refuse.ts"
import { posix } from "../hosts/paths.ts"
import { notInProject, unknownOption } from "./messages.ts"

/** A glob from the root of the build, or several. */
export type Globs = string | readonly string[]

/** The options of every plugin, and of `tskeops/loader`. All are optional. */
export interface TskeopsOptions {
  /** The tsconfig.json, or its folder. By default the nearest one above each file, and those that it references. */
  readonly project?: string
  /** The files whose formulas are compiled: globs from the root of the build. By default all, but not those of packages in node_modules. */
  readonly include?: Globs
  /** Files whose formulas are not compiled. */
  readonly exclude?: Globs
  /** The backends whose kernels are put in, `"wasm"` or `"webgpu"`: with one of them an application has about half the bytes. By default both. */
  readonly targets?: readonly Target[]
}

const names: readonly string[] = ["project", "include", "exclude", "targets"] satisfies readonly (keyof TskeopsOptions)[]

/** Options with a root to which they are relative. */
export interface Settings {
  /** The tsconfig.json, or its folder, that was given. */
  readonly project: string | undefined
  readonly root: string
  readonly targets: readonly Target[] | undefined
  /** Whether the options leave a file in. */
  accepts(file: string): boolean
  /** What is said of a file with formulas that is in none of the projects that were looked into. */
  notInProject(file: string, looked: readonly string[]): string
}

/** Throws a TypeError where an option is unknown, or names a target that there is not. */
export function checkOptions(options: TskeopsOptions): void {
  const wrong = options.targets === undefined ? undefined : wrongTargets(options.targets)
  if (wrong !== undefined) throw new TypeError(wrong)
  for (const name of Object.keys(options)) if (!names.includes(name)) throw new TypeError(unknownOption(name, names))
}

export function readOptions({ project, include, exclude, targets }: TskeopsOptions, given: string): Settings {
  // Bundlers name modules by their real paths.
  const root = existsSync(given) ? realpathSync(given) : given
  const matcher = (globs: Globs) => picomatch([globs].flat().map((glob) => posix(resolve(root, glob))))
  const isIn = include === undefined ? () => true : matcher(include)
  const isOut = exclude === undefined ? () => false : matcher(exclude)
  return {
    project: project === undefined ? undefined : resolve(root, project),
    root,
    targets,
    accepts: (file) => isIn(file) && !isOut(file),
    notInProject,
  }
}
