// The types of bundle-tools.mjs, for tests.
import type { Table } from "./tools.mjs"

export function bundleTools(options: {
  readonly root: string
  readonly table: Table
  readonly external: readonly string[]
  readonly folder: string
}): Promise<unknown>
