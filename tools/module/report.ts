// Mistakes as a terminal shows them: place, sentence, and the line with the mistake marked.
import type { Problem } from "../hosts/host.ts"

/** `text` is that of the problem's file, `name` what the file is called in the report. */
export function report({ line, column, start, end, category, message }: Problem, text: string, name: string): string {
  const lines = text.split(/\r?\n/)
  const number = `${line}`
  const shown = lines[line - 1] ?? ""
  const length = Math.min(Math.max(1, end - start), Math.max(1, shown.length - column + 1))
  // Tabs stay tabs, so that the mark is below what it marks however wide they are.
  const before = shown.slice(0, column - 1).replace(/[^\t]/g, " ")
  return `${name}:${line}:${column} - ${category}: ${message}\n\n${number} | ${shown}\n${" ".repeat(number.length)} | ${before}${"^".repeat(length)}`
}
