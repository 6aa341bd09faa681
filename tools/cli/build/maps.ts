// Source maps of what was emitted from changed texts: led back to the texts that users wrote.
import { readFileSync } from "node:fs"
import { dirname, resolve } from "node:path"
import remapping, { type EncodedSourceMap } from "@jridgewell/remapping"
import type { SourceMap } from "magic-string"

const inline = /^(\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,)([A-Za-z0-9+/=]+)\s*$/m

/** The text of an emitted file with its map corrected; `undefined` where it has none. `maps` are those of the texts that it was emitted from. */
export function withMaps(path: string, maps: ReadonlyMap<string, SourceMap>): string | undefined {
  if (/\.[cm]?[jt]s\.map$/.test(path)) return corrected(readFileSync(path, "utf8"), dirname(path), maps)
  if (!/\.[cm]?jsx?$/.test(path)) return undefined
  const text = readFileSync(path, "utf8")
  const found = inline.exec(text)
  if (!found) return undefined
  const map = corrected(Buffer.from(found[2]!, "base64").toString(), dirname(path), maps)
  return text.replace(found[0], () => `${found[1]}${Buffer.from(map).toString("base64")}`)
}

/** A map of one source keeps the name that it has for it: the source's place relative to the output is the same in the project. */
function corrected(text: string, folder: string, maps: ReadonlyMap<string, SourceMap>): string {
  const map = JSON.parse(text) as EncodedSourceMap
  const source = map.sources[0] ?? ""
  const path = resolve(folder, source)
  const written = maps.get(path)
  if (written === undefined || map.sources.length !== 1) return text
  const made = remapping([{ ...map, sourceRoot: undefined }, written as unknown as EncodedSourceMap], () => null)
  const { names, mappings, sourcesContent } = JSON.parse(made.toString()) as EncodedSourceMap
  return JSON.stringify({ ...map, names, mappings, ...(map.sourcesContent && { sourcesContent }) })
}
