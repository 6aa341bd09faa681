// The types of tools.mjs, for tests.

export interface Entry {
  readonly source: string
  readonly bin?: string
  readonly formats?: readonly ("esm" | "cjs")[]
}
export type Table = Readonly<Record<string, Entry>>

export const tools: Table
export const external: readonly string[]
export function exportsOf(table: Table): Readonly<Record<string, unknown>>
export function binOf(table: Table): Readonly<Record<string, string>>
