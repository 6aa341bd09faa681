// The facts of a formula as a terminal shows them.
import type { Facts, Gradient } from "./facts.ts"

export function printFacts(facts: Facts): string {
  const { formula, variables, weight, reduction, over, k, dimension, category, output, gradients, operations, bytes } = facts
  const rows: readonly (readonly [string, string])[] = [
    ["formula", formula],
    ["variables", variables.join(", ") || "none"],
    ["dimension", `${dimension}`],
    ["category", inWords(category)],
    ["reduction", `${reduction} over ${over}${k === undefined ? "" : `, K = ${k}`}${weight === undefined ? "" : `, weight ${weight}`}`],
    ["output", `${numbers(output.width, output.holds)} for each ${output.axis}`],
    ["operations", `${count(operations.total)} a pair${list(operations.each)}`],
    ["bytes", `WGSL ${count(bytes.wgsl)}, WASM ${count(bytes.wasm)}`],
    ...Object.entries(gradients).flatMap(([name, gradient]) => gradientRows(name, gradient)),
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, text]) => `${name.padEnd(width)}  ${text}`.trimEnd()).join("\n")
}

function gradientRows(name: string, gradient: Gradient): readonly (readonly [string, string])[] {
  const lines = "none" in gradient ? [gradient.none] : gradient.steps
  return lines.map((line, n) => [n === 0 ? `gradient ${name}` : "", line] as const)
}

function inWords(category: Facts["category"]): string {
  const [i, j] = [category.includes("Vi"), category.includes("Vj")]
  if (i && j) return "Vi and Vj: one value for each pair"
  return i ? "Vi: one value for each i" : j ? "Vj: one value for each j" : "Pm: one value"
}

function numbers(width: number, holds: string): string {
  const noun = holds === "indices" ? (width === 1 ? "index" : "indices") : width === 1 ? "number" : "numbers"
  return `${count(width)} ${noun}${holds === "both" ? " and as many indices" : ""}`
}

function list(each: Readonly<Record<string, number>>): string {
  const parts = Object.entries(each).map(([name, n]) => `${count(n)} ${name}`)
  return parts.length === 0 ? "" : `: ${parts.join(", ")}`
}

const count = (n: number) => n.toLocaleString("en")
