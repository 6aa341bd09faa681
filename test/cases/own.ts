// Cases of our own, of the kinds of data/cases.json: values written by hand or computed in float64, never by this library.
import type { Case } from "./case.ts"
import { calculus } from "./own/calculus.ts"
import { found } from "./own/found.ts"
import { limits } from "./own/limits.ts"
import { primitives } from "./own/primitives.ts"
import { sums } from "./own/sums.ts"
import { tips } from "./own/tips.ts"

export const own: readonly Case[] = [...calculus, ...primitives, ...sums, ...limits, ...found, ...tips]
