// A host knows the types of a project, by whichever TypeScript the user has. All tools ask through this interface, and read no program themselves.
import type ts from "typescript"
import type { Extra } from "../../transformer/analyse-file.ts"
import type { ProgramAnalysis } from "../../transformer/analyse-program.ts"
import type { Context } from "../../transformer/context.ts"
import type { VirtualText } from "../virtual/virtual-text.ts"

/** One line of a report: what TypeScript says, with our sentences in the place of its coarser ones. */
export interface Problem {
  /** An absolute path; "" for what belongs to no file. */
  readonly file: string
  /** Offsets in the text of the file. */
  readonly start: number
  readonly end: number
  /** Both count from 1. */
  readonly line: number
  readonly column: number
  readonly code: number
  readonly category: "error" | "warning"
  readonly message: string
  /** Whether it is about a formula. */
  readonly isOurs: boolean
}

/** A tag, which the build writes as a call: `keops(["Exp(", ")"], x)`. */
export interface TagPlan {
  readonly start: number
  /** Where the tag's expression ends: the template comes after it. */
  readonly tagEnd: number
  readonly end: number
  /** The texts between the terms, one more than these. */
  readonly pieces: readonly string[]
  /** Where in the source each term stands. */
  readonly terms: readonly { readonly start: number; readonly end: number }[]
}

/** A call, or a tag, that makes a formula or a reduction. */
export interface CallPlan {
  readonly start: number
  readonly end: number
  /** The argument that is appended to it. */
  readonly extra?: Extra
  /** Of a call, not of a tag: where its arguments end, and whether a comma must come first. */
  readonly at?: number
  readonly needsComma?: boolean
  /** Whether a bundler may drop it: set for the last of a chain of calls. */
  readonly isPure: boolean
}

/** What is to be put into the text of a file. All places are those of the text that the host was given. */
export interface ModulePlan {
  readonly tags: readonly TagPlan[]
  readonly calls: readonly CallPlan[]
  /** Where the imports end: declarations may stand there. */
  readonly head: number
  /** The mistakes of formulas: a build stops at them. */
  readonly problems: readonly Problem[]
}

/** All that a host knows of a file, for whoever looks into its tree: an editor. */
export interface Look {
  readonly context: Context
  readonly analysis: ProgramAnalysis
  /** Of the virtual text. */
  readonly tree: ts.SourceFile
  /** As the user wrote it. */
  readonly written: string
  readonly virtual: VirtualText | undefined
}

export interface Host {
  /** Of TypeScript. */
  readonly version: string
  /** The project's own source files: neither declarations nor libraries. */
  files(): readonly string[]
  /** Says that a file is another one: its text, where that is not the one on disk; without a text it is read again, if it is still there. */
  changed(file: string, text?: string): void
  /** What is to be put into a file; `undefined` where the project does not have it. */
  plan(file: string): ModulePlan | undefined
  /** `undefined` where the project does not have the file. */
  look(file: string): Look | undefined
  /** Everything that is reported of a file, or of the whole project. */
  problems(file?: string): readonly Problem[]
  /** The project's files that a file imports, directly. */
  imports(file: string): readonly string[]
  dispose(): void
}
