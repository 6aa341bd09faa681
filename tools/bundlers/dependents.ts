// The packages from which formulas may come: those that depend on tskeops. Their modules are no part of a project, and name their types in declarations.
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** What text names tskeops, or one of the packages that a project depends on and that depend on tskeops. `path` is of the project. */
export function packagesWith(path: string): RegExp {
  const names = new Set(["keops"])
  for (const folder of above(path)) {
    const own = join(folder, "package.json")
    if (!existsSync(own)) continue
    for (const name of dependenciesOf(own)) if (dependsOnTskeops(folder, name)) names.add(name)
  }
  return new RegExp([...names].map((name) => name.replaceAll(/[^\w/@-]/g, "\\$&")).join("|"))
}

function dependsOnTskeops(folder: string, name: string): boolean {
  for (const each of above(folder)) {
    const manifest = join(each, "node_modules", name, "package.json")
    if (existsSync(manifest)) return dependenciesOf(manifest).includes("tskeops")
  }
  return false
}

function dependenciesOf(manifest: string): readonly string[] {
  try {
    const { dependencies, devDependencies, peerDependencies } = JSON.parse(readFileSync(manifest, "utf8")) as Manifest
    return Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies })
  } catch {
    // Not valid JSON: whoever reads it for its own sake reports it.
    return []
  }
}

/** The folders above a path, from the nearest, itself among them. */
function* above(path: string): Generator<string> {
  yield path
  for (let folder = path; folder !== dirname(folder); ) {
    folder = dirname(folder)
    yield folder
  }
}
