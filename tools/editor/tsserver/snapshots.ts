// The texts that TypeScript is given in the place of the user's: snapshots whose text is the virtual one. What changed from one to the next is found
// by comparing them, for an edit within a tag changes the tail as well.
import type ts from "typescript"
import type { Compiler } from "../../../transformer/context.ts"
import { moduleFinder } from "../../hosts/resolve.ts"
import { type VirtualText, virtualText } from "../../virtual/virtual-text.ts"
import { type Mapping, mappingOf } from "../mapping.ts"
import { type Hints, withHints } from "./hints.ts"

export interface Snapshots {
  /** As the user wrote it. */
  written(file: string): ts.IScriptSnapshot | undefined
  /** Undefined for a file without tags. */
  mappingOf(file: string): Mapping | undefined
  /** Keeps what is known of the formulas of a file, for its next text. */
  keep(file: string, hints: Hints): void
  look(file: string): { readonly written: string; readonly virtual: VirtualText | undefined } | undefined
}

interface Known {
  readonly snapshot: ts.IScriptSnapshot
  readonly virtual?: VirtualText
  readonly mapping?: Mapping
}

/** Makes a host give virtual texts. */
export function decorate(ts: Compiler, host: ts.LanguageServiceHost): Snapshots {
  const written = host.getScriptSnapshot.bind(host)
  const textIn = (file: string) => textOf(written(file)) ?? host.readFile?.(file)
  const modules = moduleFinder(ts, () => host.getCompilationSettings(), textIn)
  const known = new WeakMap<ts.IScriptSnapshot, Known>()
  const hints = new Map<string, Hints>()
  const look = (file: string): Known | undefined => {
    const snapshot = written(file)
    if (snapshot === undefined || !mayHaveTags(file)) return snapshot && { snapshot }
    const before = known.get(snapshot)
    if (before) return before
    const made = make(ts, modules, file, snapshot, hints.get(file))
    known.set(snapshot, made)
    return made
  }
  host.getScriptSnapshot = (file) => look(file)?.snapshot
  return {
    written,
    mappingOf: (file) => look(file)?.mapping,
    keep: (file, known) => void hints.set(file, known),
    look(file) {
      const text = textIn(file)
      return text === undefined ? undefined : { written: text, virtual: look(file)?.virtual }
    },
  }
}

function make(ts: Compiler, modules: Parameters<typeof virtualText>[0], file: string, snapshot: ts.IScriptSnapshot, hints?: Hints): Known {
  try {
    const text = textOf(snapshot)!
    // Neither a template nor an import: nothing to look for.
    if (!text.includes("`") || !/\b(?:import|require)\b/.test(text)) return { snapshot }
    const found = virtualText(modules, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true))
    if (found === undefined) return { snapshot }
    const virtual = withHints(file, text, found, hints)
    return { snapshot: snapshotOf(virtual.text), virtual, mapping: mappingOf(text, virtual) }
  } catch {
    // TypeScript's own answers are better than none.
    return { snapshot }
  }
}

const mayHaveTags = (file: string): boolean => /(?<!\.d)\.[cm]?[jt]sx?$/.test(file) && !file.includes("/node_modules/")

function snapshotOf(text: string): ts.IScriptSnapshot {
  return {
    getText: (start, end) => text.slice(start, end),
    getLength: () => text.length,
    getChangeRange: (old) => changeBetween(textOf(old)!, text),
  }
}

function textOf(snapshot: ts.IScriptSnapshot | undefined): string | undefined {
  return snapshot?.getText(0, snapshot.getLength())
}

/** From the first letter that differs to the last. */
function changeBetween(old: string, text: string): ts.TextChangeRange {
  const most = Math.min(old.length, text.length)
  let start = 0
  while (start < most && old.charCodeAt(start) === text.charCodeAt(start)) start++
  let end = 0
  while (end < most - start && old.charCodeAt(old.length - 1 - end) === text.charCodeAt(text.length - 1 - end)) end++
  return { span: { start, length: old.length - end - start }, newLength: text.length - end - start }
}
