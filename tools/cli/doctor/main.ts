// `tskeops doctor`: what this machine and a project have, and for each thing that is missing the line that mends it.
import { statSync } from "node:fs"
import { resolve } from "node:path"
import { noFolder } from "../messages.ts"
import { exit, type Output, Refusal } from "../output.ts"
import { readTools } from "../tools/read-tools.ts"
import { adapterRows } from "./adapters.ts"
import type { Row } from "./row.ts"
import { machineRows, projectRows } from "./rows.ts"

export async function main([folder = "."]: readonly string[], { json }: { readonly json?: boolean }, { out }: Output): Promise<number> {
  const path = resolve(folder)
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Refusal(noFolder(folder))
  const tools = readTools(path)
  const rows = [...machineRows(), ...projectRows(path, tools), ...adapterRows(path)]
  const isBroken = rows.some(({ state }) => state === "broken")
  if (json) out(JSON.stringify({ broken: isBroken, rows }, null, 2))
  else out(print(rows))
  return isBroken ? exit.failed : exit.fine
}

const marks: Record<Row["state"], string> = { fine: "ok", note: "--", broken: "!!" }

function print(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length))
  const lines = rows.map(({ name, state, found, remedy }) => {
    const line = `${marks[state]}  ${name.padEnd(width)}  ${found}`
    return remedy === undefined ? line : `${line}\n    ${" ".repeat(width)}  ${remedy}`
  })
  const broken = rows.filter(({ state }) => state === "broken").length
  return [...lines, "", broken === 0 ? "Nothing is broken." : `${broken} of ${rows.length} are broken: see the lines with !!.`].join("\n")
}
