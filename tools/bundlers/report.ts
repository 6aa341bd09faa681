// The mistakes of a module's formulas as the bundlers of the family of Rollup report an error: one, with all of them in its text.
import { relative } from "node:path"
import type { Problem } from "../hosts/host.ts"
import { posix } from "../hosts/paths.ts"

/** A mistake in a line, by its place as TypeScript counts it: `src/a.ts:4:26: unknown operation …` */
export function lineOf({ file, line, column, message }: Problem, root: string): string {
  return `${shortPath(file, root)}:${line}:${column}: ${message}`
}

/** A path from the root, for files below it. */
export function shortPath(file: string, root: string): string {
  const path = posix(relative(root, file))
  return path.startsWith("../") ? file : path
}

/** The line of a text in which a mistake is, and a mark under it. */
export function frameOf({ line, column, start, end }: Problem, text: string): string {
  const written = text.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1] ?? ""
  const number = `${line}`
  // A tab is as wide in both lines.
  const indent = written.slice(0, column - 1).replaceAll(/[^\t]/g, " ")
  const mark = "^".repeat(Math.max(1, Math.min(end - start, written.length - column + 1)))
  return `${number} | ${written}\n${" ".repeat(number.length)} | ${indent}${mark}`
}

/** An error of Rollup, Rolldown and Vite. Its place is that of the first mistake; columns count from 0 there. */
export function errorOf(problems: readonly Problem[], text: string, root: string) {
  const { file, line, column } = problems[0]!
  return {
    message: problems.map((problem) => lineOf(problem, root)).join("\n"),
    id: file,
    loc: { file, line, column: column - 1 },
    frame: problems.map((problem) => frameOf(problem, text)).join("\n"),
  }
}

/** An error of the user, in which our own lines mean nothing. */
export function withoutStack(message: string): Error {
  const error = new Error(message)
  error.stack = message
  return error
}
