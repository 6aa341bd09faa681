// The API of the TypeScript 7 that the user has installed. Of our own copy there are types alone, and no code.
import { createRequire } from "node:module"
import type * as ast from "typescript-7/unstable/ast"
import type * as sync from "typescript-7/unstable/sync"
import { noApi } from "./messages.ts"

/** What is taken of TypeScript. */
export interface Api {
  readonly version: string
  readonly sync: typeof sync
  readonly ast: typeof ast
}

/** Loads the API of a package, by the path of its package.json. */
export function loadApi(path: string): Api {
  const require = createRequire(path)
  const { version } = require(path) as { readonly version: string }
  // TypeScript 7.1 has left "unstable" out of the names.
  for (const folder of ["typescript", "typescript/unstable"]) {
    const found = resolved(require, `${folder}/sync`)
    // Modules of JavaScript can be required since Node 20.19.
    if (found !== undefined) return { version, sync: require(found), ast: require(require.resolve(`${folder}/ast`)) }
  }
  throw new Error(noApi(version))
}

function resolved(require: NodeJS.Require, name: string): string | undefined {
  try {
    return require.resolve(name)
  } catch {
    return undefined
  }
}
