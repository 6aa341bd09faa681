// What a source file of older compilers knows and one of TypeScript 7 does not: the comments that silence the checker.
import type { SourceFile } from "typescript-7/unstable/ast"
import type { Api } from "./api.ts"

interface Comments {
  readonly commentDirectives: readonly { readonly range: { readonly pos: number }; readonly type: number }[]
  readonly checkJsDirective: { readonly enabled: boolean } | undefined
}

const directive = /(?:\/\/\/?|\/\*+|^[ \t]*\**)[ \t]*@ts-(?:expect-error|ignore)/gm
const check = /^[ \t]*\/\/\/?[ \t]*@ts-(no)?check(?:\s|$)/gm

const prepared = new WeakSet<SourceFile>()

/** Gives a file these members, read when they are asked for. */
export function withComments({ ast }: Api, file: SourceFile): SourceFile {
  if (prepared.has(file)) return file
  prepared.add(file)
  /** Whether a place is in a comment: before the token to which it belongs. */
  const isComment = (at: number) => at < ast.getTokenAtPosition(file, at).getStart(file)
  const comments: Comments = {
    get commentDirectives() {
      return [...file.text.matchAll(directive)]
        .map((match) => match.index + match[0].lastIndexOf("@"))
        .filter(isComment)
        .map((pos) => ({ range: { pos }, type: 0 }))
    },
    get checkJsDirective() {
      const head = file.text.slice(0, (file.statements[0] ?? file.endOfFileToken).getStart(file))
      const last = [...head.matchAll(check)].at(-1)
      return last && { enabled: last[1] === undefined }
    },
  }
  Object.defineProperties(file, Object.getOwnPropertyDescriptors(comments))
  return file
}
