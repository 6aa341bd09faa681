// The documents that the server has open: those that the client has, and, so that types are exact wherever a formula is used, all files of open
// projects that have tags. The server sees virtual texts alone, and is never told of a change before it has the document.

import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath, pathToFileURL } from "node:url"
import { isVirtualName } from "../../../transformer/formula-call.ts"
import type { Host, Look, Problem } from "../../hosts/host.ts"
import { posix } from "../../hosts/paths.ts"
import { type Document, makeDocument } from "./document.ts"
import { openProjects } from "./projects.ts"

export interface Texts {
  of(uri: string): Document | undefined
  look(uri: string): Look | undefined
  /** Undefined where no project has the document. */
  problems(uri: string): readonly Problem[] | undefined
  /** Whether the client has it open. */
  isOpen(uri: string): boolean
  isVirtual(name: string): boolean
  open(uri: string, languageId: string, version: number, text: string): void
  change(uri: string, version: number, text: string): void
  close(uri: string): void
  changedOnDisk(changes: readonly { readonly uri: string }[]): void
  dispose(): void
}

interface Entry {
  readonly document: Document
  readonly uri: string
  readonly version: number
  readonly isOpen: boolean
}

/** `tell` sends the server a notification, `failed` hears why a project cannot be opened. */
export function createTexts(typescript: string, tell: (method: string, params: object) => void, failed: (why: string) => void): Texts {
  const entries = new Map<string, Entry>()
  const projects = openProjects(typescript, openTagged, failed)

  function openTagged(host: Host): void {
    for (const file of host.files()) {
      const text = entries.has(file) ? undefined : readIfTagged(file)
      if (text !== undefined && host.look(file)?.virtual) give(file, pathToFileURL(file).href, text, 0, false)
    }
  }
  const look = (file: string): Look | undefined => {
    try {
      return projects.of(file)?.look(file)
    } catch (error) {
      failed((error as Error).message)
      return undefined
    }
  }
  /** Gives the server a text, as a new document or as the next version of one. */
  function give(file: string, uri: string, written: string, version: number, isOpen: boolean, languageId = languageOf(file)): void {
    const document = makeDocument(written, look(file)?.virtual)
    const known = entries.get(file)
    entries.set(file, { document, uri: known?.uri ?? uri, version, isOpen })
    const { text } = document
    if (known === undefined) tell("textDocument/didOpen", { textDocument: { uri, languageId, version, text } })
    else tell("textDocument/didChange", { textDocument: { uri: known.uri, version }, contentChanges: [{ text }] })
  }
  const write = (uri: string, version: number, text: string, languageId?: string): void => {
    const file = pathOf(uri)
    // The project first: it may have the server open this very file.
    projects.of(file)?.changed(file, text)
    give(file, uri, text, version, true, languageId)
  }
  const reread = (file: string): void => {
    projects.of(file)?.changed(file)
    const known = entries.get(file)
    const text = existsSync(file) ? readFileSync(file, "utf8") : undefined
    if (text !== undefined && look(file)?.virtual) give(file, pathToFileURL(file).href, text, (known?.version ?? 0) + 1, false)
    else if (known) {
      entries.delete(file)
      tell("textDocument/didClose", { textDocument: { uri: known.uri } })
    }
  }
  const of = (uri: string) => entries.get(pathOf(uri))
  return {
    of: (uri) => of(uri)?.document,
    look: (uri) => look(pathOf(uri)),
    problems(uri) {
      const file = pathOf(uri)
      return look(file) && projects.of(file)!.problems(file)
    },
    isOpen: (uri) => of(uri)?.isOpen ?? false,
    isVirtual: isVirtualName,
    open: (uri, languageId, version, text) => write(uri, version, text, languageId),
    change: (uri, version, text) => write(uri, version, text),
    close: (uri) => reread(pathOf(uri)),
    changedOnDisk(changes) {
      for (const file of changes.map(({ uri }) => pathOf(uri))) {
        if (/\/tsconfig[^/]*\.json$/.test(file)) projects.close(file)
        else if (/\.[cm]?[jt]sx?$/.test(file) && !entries.get(file)?.isOpen && projects.open.length > 0) reread(file)
      }
    },
    dispose: () => projects.dispose(),
  }
}

/** The text of a file in which there may be a tag. */
function readIfTagged(file: string): string | undefined {
  const text = readFileSync(file, "utf8")
  return text.includes("`") && /\b(?:import|require)\b/.test(text) ? text : undefined
}

/** Of a document that is no file, its address. */
const pathOf = (uri: string): string => (uri.startsWith("file:") ? posix(fileURLToPath(uri)) : uri)

function languageOf(file: string): string {
  const language = /\.[cm]?jsx?$/.test(file) ? "javascript" : "typescript"
  return file.endsWith("x") ? `${language}react` : language
}
