// Puts the plugin into a configuration file in JavaScript or TypeScript. The file is parsed, and texts are put in at places of its tree, so that
// everything else stays as it is.
import { type ParserOptions, parse } from "@babel/parser"
import MagicString from "magic-string"
import type { ToolRow } from "../tools/table.ts"
import { callsOf, exported, type Node, nameOf, objectsOf } from "./find-config.ts"

const options: ParserOptions = { sourceType: "unambiguous", plugins: ["typescript", "jsx", "explicitResourceManagement"] }

/** The text with the plugin; `undefined` where its shape is not recognised. */
export function editConfig(text: string, { entry, edit, calls }: Pick<ToolRow, "entry" | "edit" | "calls">): string | undefined {
  const body = bodyOf(text)
  if (body === undefined) return undefined
  const module = new MagicString(text)
  const isDone =
    edit === "wrap" ? wrap(module, body) : addPlugins(module, text, calls ? callsOf(body, calls) : objectsOf(exported(body), body))
  if (!isDone) return undefined
  addImport(module, text, body, edit === "wrap" ? "{ withTskeops }" : "tskeops", entry)
  return module.toString()
}

function bodyOf(text: string): readonly Node[] | undefined {
  try {
    return parse(text, options).program.body
  } catch {
    return undefined
  }
}

function wrap(module: MagicString, body: readonly Node[]): boolean {
  const node = exported(body)
  if (node === undefined || /Declaration$/.test(node.type)) return false
  module.appendRight(node.start!, "withTskeops(").appendLeft(node.end!, ")")
  return true
}

function addPlugins(module: MagicString, text: string, objects: readonly Node[] | undefined): boolean {
  if (objects === undefined || objects.length === 0) return false
  return [...new Set(objects)].every((object) => {
    if (object.type !== "ObjectExpression") return false
    for (const property of object.properties) {
      if (property.type !== "ObjectProperty" || nameOf(property.key) !== "plugins") continue
      if (property.value.type !== "ArrayExpression") return false
      putFirst(module, text, property.value, property.value.elements[0] ?? undefined, "tskeops()")
      return true
    }
    putFirst(module, text, object, object.properties[0], "plugins: [tskeops()]")
    return true
  })
}

/** Puts an item before the first one of a list or an object, on a line of its own if that has one. */
function putFirst(module: MagicString, text: string, within: Node, first: Node | undefined, item: string): void {
  const start = within.start! + 1
  if (first === undefined) module.appendLeft(start, within.type === "ObjectExpression" ? `\n  ${item},\n` : item)
  else {
    const [, space = ""] = /(\n[ \t]*)$/.exec(text.slice(start, first.start!)) ?? []
    module.appendRight(first.start!, `${item},${space || " "}`)
  }
}

/** After the last import, or before everything, in the way of the file. */
function addImport(module: MagicString, text: string, body: readonly Node[], name: string, entry: string): void {
  const imports = body.filter(({ type }) => type === "ImportDeclaration")
  const last = imports.at(-1)
  const isCommonJs = imports.length === 0 && !body.some(({ type }) => /^Export/.test(type))
  const end = /;\s*$/m.test(text) ? ";" : ""
  const quote = (text.match(/'/g)?.length ?? 0) > (text.match(/"/g)?.length ?? 0) ? "'" : '"'
  const from = `${quote}${entry}${quote}`
  const line = isCommonJs ? `const ${name} = require(${from})${end}` : `import ${name} from ${from}${end}`
  const breaks = text.includes("\r\n") ? "\r\n" : "\n"
  if (last) module.appendLeft(last.end!, `${breaks}${line}`)
  else module.prepend(`${line}${breaks}`)
}
