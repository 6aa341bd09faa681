import type { Case } from "../case.ts"

export const limits: readonly Case[] = []
