// What dimension rules are given and what they ask of it, in types and at run time.
//
// In types an operand is a string: its dimension ("3"), "@" and the dimension of a variable where only a variable is allowed ("@3"), "=" and
// the number that is written there ("=2", "=~1" for -1), or "[" and the integers of a list ("[2,3"). Operands are joined by ";", and a
// sentence comes as `Wrong`.
import * as say from "../../messages/formula.ts"
import { LargeInteger, type TooWide } from "../../messages/limits.ts"
import * as limits from "../limits.ts"
import type { IsSmall } from "./decimal.ts"

/** A mistake. */
export interface Wrong<sentence extends string> {
  readonly sentence: sentence
}
/**
 * A mistake of a text that may be unfinished. `expects`: the name begun at its end, or "" where one is missing; editors complete it.
 * PERF: not a second parameter of `Wrong`, which costs 7 types for each call.
 */
export interface Unfinished<sentence extends string, expects extends string> extends Wrong<sentence> {
  readonly expects: expects
}

/** At run time: a dimension, and the number's text if the operand is one. */
export interface Operand {
  readonly dim: number
  readonly literal?: string
  readonly isVariable?: boolean
  /** The integers of a list. */
  readonly list?: readonly number[]
}

export type Dim<x> = x extends `=${string}` ? "1" : x
export type Text<x> = Dim<x> & string

/** The common dimension of two operands, or 0 where there is none: equal, or one of them 1. */
export type Common<x, y> = x extends y ? Dim<x> : x extends "1" | `=${string}` ? Dim<y> : y extends "1" | `=${string}` ? x : 0
export function common(x: number, y: number): number {
  return x === y ? x : x === 1 ? y : y === 1 ? x : 0
}

/** The digits of an integer literal ("2", "-1"), or never. */
export type Integer<x> = x extends `=~${infer n}`
  ? n extends `${bigint}`
    ? `-${n}`
    : never
  : x extends `=${infer n}`
    ? n extends `${bigint}`
      ? n
      : never
    : never
export function integer(x: Operand): string | undefined {
  return x.literal !== undefined && /^-?[0-9]+$/.test(x.literal) ? x.literal : undefined
}

/** Whether the operand is a number of value 0. */
export type IsZero<x> = x extends `=~${infer n}` ? AllZero<n> : x extends `=${infer n}` ? AllZero<n> : false
type AllZero<s> = s extends "" | `${"e" | "E"}${string}` ? true : s extends `${"0" | "."}${infer rest}` ? AllZero<rest> : false
export function isZero(x: Operand): boolean {
  return x.literal !== undefined && /^-?[0.]*([eE].*)?$/.test(x.literal)
}

/** An integer literal of at least 0 or 1: its digits, or why not. */
export type Natural<x, place extends string, least extends "0" | "1"> =
  Integer<x> extends infer n extends string
    ? [n] extends [never]
      ? Wrong<say.NotInteger<place>>
      : n extends `-${string}` | (least extends "1" ? "0" : never)
        ? Wrong<say.TooSmall<place, least, n>>
        : n
    : never
export function natural(x: Operand, place: number, least: 0 | 1): { readonly n: number; readonly text: string } | string {
  const text = integer(x)
  if (text === undefined) return say.NotInteger(place)
  if (text.startsWith("-") || Number(text) < least) return say.TooSmall(place, least, text)
  return { n: Number(text), text }
}

export type Broadcast<f, g> = Common<f, g> extends infer d extends string ? d : Wrong<say.Differ<Text<f>, Text<g>>>
export function broadcast(f: Operand, g: Operand): number | string {
  return common(f.dim, g.dim) || say.Differ(f.dim, g.dim)
}

type Most = (typeof limits)["dimension"]
/** The dimension, of a rule whose result may be larger than its operands. */
export type Vector<d> = IsSmall<d> extends true ? d : Wrong<TooWide<Most>>

/** `passed` where the operand is an integer that float32 has; else why not. */
export type ExactInteger<x, place extends string, passed> =
  Integer<x> extends infer n
    ? [n] extends [never]
      ? Wrong<say.NotInteger<place>>
      : IsSmall<n extends `-${infer digits}` ? digits : n> extends true
        ? passed
        : Wrong<LargeInteger<place, Most>>
    : never
export function exactInteger(x: Operand, place: number): string | undefined {
  const text = integer(x)
  if (text === undefined) return say.NotInteger(place)
  return Math.abs(Number(text)) > limits.dimension ? LargeInteger(place, limits.dimension) : undefined
}
