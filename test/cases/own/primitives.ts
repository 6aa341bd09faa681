import type { Case } from "../case.ts"

export const primitives: readonly Case[] = []
