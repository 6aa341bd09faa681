// The shape of data/vectors.json, as data/README.md describes it.
import { readFileSync } from "node:fs"

export interface Table {
  readonly shape: readonly number[]
  readonly data: readonly (number | "NaN" | "Infinity" | "-Infinity")[]
}

export interface Result {
  readonly values?: Table
  readonly indices?: Table
}

export interface Tolerance {
  readonly rtol: number
  readonly atol: number
  /** Replaces `atol` on a GPU that uses the full error bounds of WGSL. */
  readonly wgslAtol?: number
}

interface Common {
  readonly id: string
  readonly formula: string
  readonly formula2?: string | null
  readonly reduction: string
  readonly axis: 0 | 1
  readonly aliases: readonly string[]
}

interface Evaluated extends Common {
  readonly api?: "generic_sum" | "generic_logsumexp" | "generic_argmin" | "generic_argkmin"
  readonly K: number | null
  readonly output: string
  readonly M: number
  readonly N: number
  readonly args: readonly (Table & { readonly name: string; readonly category: "Vi" | "Vj" | "Pm"; readonly dim: number })[]
}

export interface ReductionCase extends Evaluated {
  readonly kind: "reduction"
  readonly expected: Result
  readonly tolerance: Tolerance
}

export interface GradientCase extends Evaluated {
  readonly kind: "vjp"
  readonly wrt: readonly string[]
  readonly cotangent: Table
  readonly expected: Readonly<Record<string, Table>>
  readonly tolerance: Readonly<Record<string, Tolerance>>
}

export interface OtherCase extends Evaluated {
  readonly kind: "ranges" | "batch" | "solve"
}

export interface ErrorCase extends Common {
  readonly kind: "error"
  readonly reason: string
  readonly optional?: true
}

export type Case = ReductionCase | GradientCase | OtherCase | ErrorCase

export const cases: readonly Case[] = JSON.parse(readFileSync(new URL("data/vectors.json", import.meta.url), "utf8")).cases
