import type { Case } from "../case.ts"

export const calculus: readonly Case[] = []
