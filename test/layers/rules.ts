// What may import what, read from the table of docs/architecture.md, so that the page and the test cannot differ.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "./sources.ts"

export interface Rule {
  /** A folder, or one file. */
  readonly place: string
  readonly types: readonly string[]
  readonly values: readonly string[]
}

const tables = ["src/operations", "src/reductions"]

export function rules(): Rule[] {
  const page = readFileSync(join(root, "docs/architecture.md"), "utf8")
  const rows = [...page.matchAll(/^\| *((?:src\/|transformer|tools\/)\S*) *\|[^|]*\|([^|]*)\|$/gm)].map(([, place, may]) => ({
    place: place!,
    may: may!.trim(),
  }))
  const places = rows.map(({ place }) => place)
  return rows.map(({ place, may }) => ({ place, ...read(may, places) }))
}

/** `nothing`; `all`; `src, except …`, and after a semicolon what else; `types of all, values of …`; or a list of folders of src or others of the page, or files in them. `the tables` are two folders. */
function read(may: string, places: readonly string[]): Pick<Rule, "types" | "values"> {
  const inside = places.filter((place) => place.startsWith("src/"))
  if (may === "nothing") return { types: [], values: [] }
  if (may === "all") return { types: inside, values: inside }
  const [, except] = /^src, except (.*)$/.exec(may) ?? []
  if (except !== undefined) {
    const [without = "", more = ""] = except.split("; ")
    const left = [...inside.filter((place) => !list(without, places).includes(place)), ...list(more, places)]
    return { types: left, values: left }
  }
  const [, values] = /^types of all, values of (.*)$/.exec(may) ?? []
  if (values !== undefined) return { types: inside, values: list(values, places) }
  return { types: list(may, places), values: list(may, places) }
}

function list(text: string, places: readonly string[]): string[] {
  return text.split(/, | and /).flatMap((word) => {
    if (word === "" || places.includes(word)) return word === "" ? [] : [word]
    if (/^(the )?tables$/.test(word)) return tables
    const place = `src/${word}`
    if (places.includes(word.replace(/^(\w+)\/\w+$/, "src/$1"))) return [`${place}.ts`]
    if (!places.includes(place)) throw new Error(`docs/architecture.md: "${word}" in "${text}" names no row of the table`)
    return place
  })
}
