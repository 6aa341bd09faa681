// Problems as tsc prints them where its output is no terminal: editors and CI systems read that form.

import { relative } from "node:path"
import type { Problem } from "../../hosts/host.ts"
import { posix } from "../../hosts/paths.ts"

export function formatProblem({ file, line, column, category, code, message }: Problem, folder: string): string {
  const place = file === "" ? "" : `${posix(relative(folder, file))}(${line},${column}): `
  return `${place}${category} TS${code}: ${message}`
}

/** In the order of files and places, as tsc has them. Projects that refer to each other may share files. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const distinct = new Map(problems.map((each) => [JSON.stringify([each.file, each.start, each.code, each.message]), each]))
  return [...distinct.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start))
}
