import type { Case } from "../case.ts"

export const sums: readonly Case[] = []
