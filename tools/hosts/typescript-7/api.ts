// The API of the TypeScript 7 that the user has installed, found from the project's folder. Types of it come from our own copy, and no code.
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import type * as ast from "typescript-7/unstable/ast"
import type * as sync from "typescript-7/unstable/sync"
import { noApi, noTypeScript } from "./messages.ts"

export type { Node, SourceFile } from "typescript-7/unstable/ast"
export type { Checker, Diagnostic, NodeHandle, Project, Signature, Snapshot, Symbol, Type } from "typescript-7/unstable/sync"

/** What is taken of TypeScript. */
export interface Api {
  readonly version: string
  readonly sync: typeof sync
  readonly ast: typeof ast
}

/** TypeScript 7.1 has left "unstable" out of the names. */
const folders = ["", "unstable/"]

/** Loads the API that `import "typescript"` would find in a folder. A module of JavaScript may be required since Node 20.19. */
export function loadApi(folder: string): Api {
  const require = createRequire(join(folder, "package.json"))
  let version: string
  try {
    version = (require("typescript/package.json") as { readonly version: string }).version
  } catch {
    throw new Error(noTypeScript(folder))
  }
  for (const prefix of folders) {
    const path = resolved(require, `typescript/${prefix}sync`)
    if (path !== undefined) return { version, sync: require(path), ast: require(require.resolve(`typescript/${prefix}ast`)) }
  }
  throw new Error(noApi(version, folder))
}

function resolved(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name)
  } catch {
    return undefined
  }
}

export const folderOf = (config: string): string => dirname(config)
