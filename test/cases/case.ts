// The shape of data/cases.json, as data/README.md describes it, and of our own cases of the same kinds (own.ts).
import { readFileSync } from "node:fs"

export type Numeral = number | "NaN" | "Infinity" | "-Infinity" | "-0"

export interface Case {
  readonly id: string
  readonly topic: string
  readonly formula: string
  readonly aliases: readonly string[]
  readonly reduction: string
  readonly over?: "i" | "j"
  readonly k?: number
  readonly weight?: string
  /** The case is the gradient with respect to this variable: the last of `args` is the cotangent. */
  readonly grad?: string
  /** The case is `valueAndGrad` of these variables: values first, then gradients; the last of `args` is the cotangent. */
  readonly together?: readonly string[]
  readonly args: readonly (readonly Numeral[])[]
  readonly backends: readonly ("wasm" | "webgpu")[]
  readonly expected: { readonly values?: readonly Numeral[]; readonly indices?: readonly number[]; readonly error?: true }
  readonly tolerance?: { readonly rtol: number; readonly atol: number }
  readonly why: string
}

export const cases: readonly Case[] = JSON.parse(readFileSync(new URL("data/cases.json", import.meta.url), "utf8")).cases
