// What an artifact is called in a module: the same artifact has the same name, whichever tool wrote it.
import { createHash } from "node:crypto"
import type { Built } from "../src/artifact/artifact.ts"

export const PREFIX = "__tskeops_"

export function nameOf(artifact: Built): string {
  return PREFIX + createHash("sha256").update(JSON.stringify(artifact)).digest("hex").slice(0, 10)
}
