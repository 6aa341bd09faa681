// The pages that people read, and their blocks of code. It judges nothing.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import manifest from "../../package.json" with { type: "json" }
import { root } from "../layers/sources.ts"

/** Where pages that are read outside the repository (README.md on npm) find the others. */
export const repository = manifest.repository.url.replace(/^git\+/, "").replace(/\.git$/, "")

const markdown = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => (folder === "." ? name : `${folder}/${name}`))

/** Every page, from the root. */
export const pages = [...markdown("."), ...markdown("docs"), ...markdown("examples")]

export const read = (page: string) => readFileSync(join(root, page), "utf8")

/** The part of a text under the heading of level 2 that begins with `title`. */
export function section(text: string, title: string): string {
  const found = text.split(/^## /m).find((part) => part.startsWith(title))
  if (found === undefined) throw new Error(`no heading "${title}"`)
  return found
}

/**
 * A block of code, fenced in a page: "ts" is a part of the page's one program, "typescript" a program of its own, "text" what it prints.
 * `note` is what stands behind the language: the name of a file, or `wrong`.
 */
export interface Block {
  readonly language: string
  readonly note: string
  readonly code: string
}

/** What a page takes for granted is in a comment that begins with `given`, unseen by readers, and becomes a block of that language. */
const fences = /^```(\w*)(?: (.*))?\n([\s\S]*?)^```$|^<!-- given\n([\s\S]*?)^-->$/gm

export function blocks(text: string): readonly Block[] {
  return [...text.matchAll(fences)].map(([, language = "given", note = "", code, given]) => ({ language, note, code: code ?? given! }))
}

/** The code of the blocks of one language. */
export function codeOf(text: string, language: string, note?: string): readonly string[] {
  return blocks(text)
    .filter((block) => block.language === language && (note === undefined || block.note === note))
    .map(({ code }) => code)
}
