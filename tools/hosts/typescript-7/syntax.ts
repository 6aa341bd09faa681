// The part of the namespace `ts` that the analysis takes, over the trees and the constants of TypeScript 7. Most functions have the same names there.

import type { Node } from "typescript-7/unstable/ast"
import type { Compiler } from "../../../transformer/context.ts"
import type { Api } from "./api.ts"

type Visit = (node: Node) => unknown

/** The guards that TypeScript 7 has not, by the kinds that they stand for. */
const kinds = {
  isStringLiteralLike: ["StringLiteral", "NoSubstitutionTemplateLiteral"],
  isClassLike: ["ClassDeclaration", "ClassExpression"],
  isFunctionLike: [
    "MethodSignature",
    "CallSignature",
    "ConstructSignature",
    "IndexSignature",
    "FunctionType",
    "ConstructorType",
    "JSDocSignature",
    "FunctionDeclaration",
    "MethodDeclaration",
    "Constructor",
    "GetAccessor",
    "SetAccessor",
    "FunctionExpression",
    "ArrowFunction",
  ],
} as const

/** A message of the checker with what explains it, as older compilers have it. */
export interface Chain {
  readonly messageText: string
  readonly next?: readonly Chain[]
}

/** The texts of a chain, each on a line, two more blanks before each deeper one. */
function flatten(text: string | Chain | undefined, newLine: string, depth = 0): string {
  if (text === undefined) return ""
  if (typeof text === "string") return text
  const line = depth === 0 ? text.messageText : `${newLine}${"  ".repeat(depth)}${text.messageText}`
  return line + (text.next ?? []).map((one) => flatten(one, newLine, depth + 1)).join("")
}

export function syntaxOf({ version, sync, ast }: Api): Compiler {
  const guards = Object.fromEntries(
    Object.entries(kinds).map(([name, names]) => {
      const among = new Set<number>(names.map((one) => ast.SyntaxKind[one]))
      return [name, (node: Node | undefined) => node !== undefined && among.has(node.kind)]
    }),
  )
  const { TypeFlags, DiagnosticCategory } = sync
  const forEachChild = (node: Node, visit: Visit, visitList?: (nodes: readonly Node[]) => unknown) => node.forEachChild(visit, visitList)
  return {
    ...ast,
    ...guards,
    version,
    TypeFlags,
    DiagnosticCategory,
    forEachChild,
    flattenDiagnosticMessageText: flatten,
  } as unknown as Compiler
}
