// The tables, as text.
import type { Analysis } from "./analyse.ts"
import type { City } from "./cities.ts"
import { peaks } from "./neighbours.ts"

const countryName = new Intl.DisplayNames(["en"], { type: "region" })

function place({ name, country }: City): string {
  return `${name}, ${countryName.of(country) ?? country}`
}

/** Indices into `rows`: the densest places, one for each 150 kilometres around. */
function densest(rows: readonly City[], { density }: Pick<Analysis, "density">, count: number): number[] {
  return peaks(rows, density, count, 150)
}

export function report(rows: readonly City[], analysis: Analysis, count: number): string {
  const { neighbours, density } = analysis
  const away = neighbours.map(([first]) => first?.distance ?? 0)
  return [
    table(
      ["Densest places", "people/km²", "nearest other place", "km"],
      densest(rows, analysis, count).map((at) => [
        place(rows[at]!),
        Math.round(density[at]!).toLocaleString("en"),
        neighbours[at]![0]!.city.name,
        neighbours[at]![0]!.distance.toFixed(1),
      ]),
    ),
    table(
      ["Loneliest towns", "people", "nearest other place", "km"],
      peaks(rows, away, count, 0).map((at) => [
        place(rows[at]!),
        rows[at]!.population.toLocaleString("en"),
        place(neighbours[at]![0]!.city),
        Math.round(away[at]!).toLocaleString("en"),
      ]),
    ),
    summary(rows, analysis),
  ].join("\n\n")
}

function summary(rows: readonly City[], { logLikelihood, density, neighbours }: Analysis): string {
  const people = rows.reduce((sum, { population }) => sum + population, 0)
  const entropy = -rows.reduce((sum, { population }, at) => sum + (population === 0 ? 0 : population * logLikelihood[at]!), 0) / people
  const lived = rows.reduce((sum, { population }, at) => sum + population * density[at]!, 0) / people
  const five = neighbours.reduce((sum, each) => sum + (each.at(-1)?.distance ?? 0), 0) / rows.length
  return [
    `Mean log-likelihood of a person under the mixture: ${(-entropy).toFixed(3)} per km²,`,
    `as if everyone lived evenly on ${(Math.exp(entropy) / 1e6).toFixed(2)} million km². A person's surroundings have ${Math.round(lived).toLocaleString("en")} people/km²;`,
    `the fifth-nearest place is ${five.toFixed(1)} km away in the mean.`,
  ].join("\n")
}

/** Columns as wide as their longest cell; the first and the third to the left, the others to the right. */
function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const rows = [head, ...body]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const line = (row: readonly string[]) =>
    row.map((cell, at) => (at % 2 === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join("  ")
  return [line(head), widths.map((width) => "─".repeat(width)).join("──"), ...body.map(line)].join("\n")
}
