// A problem as tsc prints it where its output is no terminal: editors and CI systems read that form.
import { relative } from "node:path"
import type { Problem } from "../../hosts/host.ts"

export function formatProblem({ file, line, column, category, code, message }: Problem, folder: string): string {
  const place = file === "" ? "" : `${relative(folder, file).replaceAll("\\", "/")}(${line},${column}): `
  return `${place}${category} TS${code}: ${message}`
}
