// The program that the analysis asks, over a project of TypeScript 7. Trees come over one by one, when they are asked for.
import type ts from "typescript"
import type { Node, SourceFile } from "typescript-7/unstable/ast"
import type { Project } from "typescript-7/unstable/sync"
import type { Compiler, Context } from "../../../transformer/context.ts"
import type { Api } from "./api.ts"
import { checkerOf } from "./checker.ts"
import { withComments } from "./files.ts"
import type { Names } from "./names.ts"
import { memo, viewsOf } from "./types.ts"

/** `files` are those that may import tskeops, or call it: the others are not looked at. */
export function contextOf(api: Api, compiler: Compiler, project: Project, files: readonly string[], names: Names): Context {
  const checker = checkerOf(viewsOf(api, project), (call) => names.isOf(call as unknown as ts.CallExpression))
  const getSourceFile = (name: string): SourceFile | undefined => {
    const file = project.program.getSourceFile(name)
    return file && withComments(api, file)
  }
  const program = {
    getTypeChecker: () => checker,
    getSourceFile,
    getSourceFiles: () => files.flatMap((name) => getSourceFile(name) ?? []),
    getCompilerOptions: () => project.compilerOptions,
    getResolvedModuleFromModuleSpecifier: memo((specifier: Node) => {
      const [resolvedFileName] = modulesOf(project, [specifier])
      return resolvedFileName === undefined ? undefined : { resolvedModule: { resolvedFileName } }
    }),
  }
  return { ts: compiler, program: program as unknown as ts.Program, options: {} }
}

/** The files that the specifiers of imports mean; `undefined` for what is no module. */
export function modulesOf({ checker }: Project, specifiers: readonly Node[]): readonly (string | undefined)[] {
  return checker.getSymbolAtLocation(specifiers).map((symbol) => symbol?.declarations[0]?.path)
}

export const isDeclaration = (file: string): boolean => /\.d(?:\.[^./]+)?\.[cm]?ts$/.test(file)
