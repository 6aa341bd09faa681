// `tskeops lsp`: the language server for editors, before that of TypeScript 7. It speaks over standard input and output until its client ends it.
import { runProxy } from "../../editor/lsp.ts"

export async function main(): Promise<number> {
  await runProxy()
  return 0
}
