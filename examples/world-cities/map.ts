// The map: which cells of the projected plane lie near a city, and the picture of their densities as SVG. The densities come from outside.
import type { City, Place } from "./cities.ts"
import { halfHeight, halfWidth, project, unproject } from "./projection.ts"

/** Cells of the map: its width, and the height that follows. */
export interface Grid {
  readonly columns: number
  readonly rows: number
  /** Cells within reach of a city, row after row. */
  readonly cells: readonly { readonly column: number; readonly row: number; readonly place: Place }[]
}

/** Where the grid is empty no city is within `reach` cells, so that the density is as good as 0. */
export function grid(cities: readonly Place[], columns: number, reach: number): Grid {
  const rows = Math.round((columns * halfHeight) / halfWidth)
  const near = new Uint8Array(columns * rows)
  for (const city of cities) {
    const { x, y } = project(city)
    const column = Math.floor(((x / halfWidth + 1) / 2) * columns)
    const row = Math.floor(((1 - y / halfHeight) / 2) * rows)
    for (let r = Math.max(0, row - reach); r <= Math.min(rows - 1, row + reach); r++)
      near.fill(1, r * columns + Math.max(0, column - reach), r * columns + Math.min(columns, column + reach + 1))
  }
  const cells = Array.from(near, (_, at) => ({ column: at % columns, row: Math.floor(at / columns) })).flatMap(({ column, row }, at) => {
    const place = near[at]
      ? unproject({ x: (((column + 0.5) / columns) * 2 - 1) * halfWidth, y: (1 - ((row + 0.5) / rows) * 2) * halfHeight })
      : undefined
    return place ? [{ column, row, place }] : []
  })
  return { columns, rows, cells }
}

/** People per square kilometre where each colour begins; inferno's colours, without its darkest. */
const scale = [
  [0.1, "#221150"],
  [0.3, "#3b0f70"],
  [1, "#57157e"],
  [3, "#721f81"],
  [10, "#8c2981"],
  [25, "#a8327d"],
  [50, "#c43c75"],
  [100, "#de4968"],
  [200, "#f1605d"],
  [400, "#fa7f5e"],
  [800, "#fe9f6d"],
  [1600, "#febf84"],
  [3200, "#fddea0"],
  [6400, "#fcfdbf"],
] as const

export interface Label {
  readonly city: City
  readonly text: string
}

/** Width of a cell in the picture. */
const size = 2
const margin = 24

export function svg(
  { columns, rows, cells }: Grid,
  density: ArrayLike<number>,
  labels: readonly Label[],
  title: string,
  subtitle: string,
): string {
  const [width, height] = [columns * size, rows * size]
  const level = cells.map((_, at) => scale.findLastIndex(([from]) => density[at]! >= from))
  const layers = scale.map(([, colour], at) => `<path stroke="${colour}" d="${runs(cells, (cell) => level[cell] === at)}"/>`)
  const place = (point: Place) => {
    const { x, y } = project(point)
    return [(((x / halfWidth + 1) / 2) * width).toFixed(1), (((1 - y / halfHeight) / 2) * height).toFixed(1)] as const
  }
  const line = (points: readonly Place[]) => `M${points.map((point) => place(point).join(" ")).join("L")}`
  const meridian = (longitude: number) => line(steps(-90, 90, 5).map((latitude) => ({ longitude, latitude })))
  const parallel = (latitude: number) => line(steps(-180, 180, 180).map((longitude) => ({ longitude, latitude })))
  const outline = `${line([...steps(-90, 90, 3).map((latitude) => ({ longitude: -180, latitude })), ...steps(90, -90, -3).map((latitude) => ({ longitude: 180, latitude }))])}Z`
  const names = labels.map(({ city, text }) => {
    const [x, y] = place(city)
    const left = Number(x) > width * 0.87
    return `<circle cx="${x}" cy="${y}" r="2.2"/><text x="${Number(x) + (left ? -6 : 6)}" y="${Number(y) - 4}"${left ? ' text-anchor="end"' : ""}>${escaped(text)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width + 2 * margin} ${height + 2 * margin + 76}" font-family="system-ui, Helvetica, Arial, sans-serif">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" fill="#06070f"/>
<g transform="translate(${margin} ${margin})">
<path d="${outline}" fill="#0c0f1f"/>
<path d="${[...steps(-150, 150, 30).map(meridian), ...steps(-60, 60, 30).map(parallel)].join("")}" fill="none" stroke="#1d2340" stroke-width=".6"/>
<g fill="none" stroke-width="${size + 0.06}">${layers.join("\n")}</g>
<path d="${outline}" fill="none" stroke="#39406b"/>
<g fill="#fff" font-size="12" style="paint-order:stroke" stroke="#06070f" stroke-width="2.4" stroke-linejoin="round">${names.join("\n")}</g>
</g>
<g transform="translate(${margin} ${height + 2 * margin + 22})">
<text fill="#fff" font-size="19" font-weight="600">${escaped(title)}</text>
<text y="22" fill="#a9b0d6" font-size="12.5">${escaped(subtitle)}</text>
${legend(width)}
</g>
</svg>
`
}

function legend(width: number): string {
  const step = 26
  const from = width - scale.length * step - 12
  const boxes = scale.map(([value, colour], at) => {
    const number =
      at % 2 === 0
        ? `<text x="${from + at * step}" y="20" fill="#a9b0d6" font-size="10.5" text-anchor="middle">${value.toLocaleString("en")}</text>`
        : ""
    return `<rect x="${from + at * step}" y="-6" width="${step}" height="11" fill="${colour}"/>${number}`
  })
  return `<g>${boxes.join("")}<text x="${from}" y="36" fill="#a9b0d6" font-size="11">people per square kilometre</text></g>`
}

/** Horizontal runs of cells that are wanted, as strokes of the height of a cell, each begun relative to the one before. */
function runs(cells: Grid["cells"], wanted: (cell: number) => boolean): string {
  let [x, y] = [0, 0]
  let path = ""
  for (let at = 0; at < cells.length; at++) {
    if (!wanted(at)) continue
    const first = cells[at]!
    while (at + 1 < cells.length && wanted(at + 1) && cells[at + 1]!.row === first.row && cells[at + 1]!.column === cells[at]!.column + 1)
      at++
    const length = cells[at]!.column - first.column + 1
    const [left, middle] = [first.column * size, first.row * size + size / 2]
    path += `${path === "" ? "M" : "m"}${left - x} ${middle - y}h${length * size}`
    x = left + length * size
    y = middle
  }
  return path
}

function steps(from: number, to: number, by: number): number[] {
  return Array.from({ length: Math.round((to - from) / by) + 1 }, (_, at) => from + at * by)
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
}
