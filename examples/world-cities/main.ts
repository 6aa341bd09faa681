// The densest and the loneliest places of the world: three reductions over all pairs of cities, two tables, and a map.
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { analyse, type Settings } from "./analyse.ts"
import { cities } from "./cities.ts"
import { svg } from "./map.ts"
import { largestAround, peaks } from "./neighbours.ts"
import { report } from "./report.ts"

const { values } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    cities: { type: "string" },
    rows: { type: "string" },
    bandwidth: { type: "string", default: "40" },
    columns: { type: "string", default: "500" },
    backend: { type: "string", default: "auto" },
    out: { type: "string", default: fileURLToPath(new URL("density.svg", import.meta.url)) },
    help: { type: "boolean", default: false },
  },
})

if (values.help) {
  console.log(`The densest and the loneliest places of the world.

  --full           ask about every city: the default, a minute or so on one core without a GPU
  --rows N         ask about N cities only, taken evenly from the list
  --cities N       take only N cities of the list at all
  --bandwidth KM   standard deviation of the Gaussian that spreads a place's people (40)
  --columns N      cells across the map (500)
  --backend NAME   auto, webgpu or wasm (auto)
  --out FILE       where the map goes`)
  process.exit()
}

const all = cities(values.cities === undefined ? undefined : Number(values.cities))
const asking = values.full || values.rows === undefined ? all.length : Math.min(Number(values.rows), all.length)
const rows = Array.from({ length: asking }, (_, at) => Math.floor((at * all.length) / asking))

console.log(`World cities: ${rows.length.toLocaleString("en")} cities against all ${all.length.toLocaleString("en")}\n`)
const analysis = await analyse(all, {
  backend: values.backend as Settings["backend"],
  bandwidth: Number(values.bandwidth),
  rows,
  columns: Number(values.columns),
})
const asked = rows.map((row) => all[row]!)
console.log(`\n${report(asked, analysis, 10)}\n`)

// Far enough apart that names do not lie on one another.
const labels = peaks(asked, analysis.density, 12, 900).map((at) => ({ city: asked[at]!, text: largestAround(all, asked[at]!, 40).name }))
const title = "Where people live"
const subtitle = `${all.length.toLocaleString("en")} cities and towns, each spread by a Gaussian of ${values.bandwidth} km. Equal Earth projection.`
mkdirSync(dirname(values.out), { recursive: true })
writeFileSync(values.out, svg(analysis.map.grid, analysis.map.density, labels, title, subtitle))
console.log(`Map: ${relative(process.cwd(), values.out)}`)
