// The program that the analysis asks, over a project of TypeScript 7. Trees come over one by one, when they are asked for.
import type ts from "typescript"
import type { Context } from "../../../transformer/context.ts"
import type { Api, Node, Project, SourceFile } from "./api.ts"
import { checkerOf } from "./checker.ts"
import { withComments } from "./files.ts"
import { memo, viewsOf } from "./types.ts"

/** `imports` are the files that may import tskeops, `couldBeOurs` says of a call whether its function may be of tskeops. */
export interface Questions {
  readonly imports: readonly string[]
  couldBeOurs(call: Node): boolean
}

export function contextOf(api: Api, compiler: Context["ts"], project: Project, questions: Questions): Context {
  const checker = checkerOf(viewsOf(api, project), questions.couldBeOurs)
  const getSourceFile = (name: string): SourceFile | undefined => {
    const file = project.program.getSourceFile(name)
    return file && withComments(api, file)
  }
  const program = {
    getTypeChecker: () => checker,
    getSourceFile,
    getSourceFiles: () => questions.imports.flatMap((name) => getSourceFile(name) ?? []),
    getCompilerOptions: () => project.compilerOptions,
    getResolvedModuleFromModuleSpecifier: memo((specifier: Node) => {
      const resolvedFileName = moduleOf(project, [specifier])[0]
      return resolvedFileName === undefined ? undefined : { resolvedModule: { resolvedFileName } }
    }),
  }
  return { ts: compiler, program: program as unknown as ts.Program, options: {} }
}

/** The files that specifiers of imports mean; `undefined` for what is no module. */
export function moduleOf({ checker }: Project, specifiers: readonly Node[]): readonly (string | undefined)[] {
  return checker.getSymbolAtLocation(specifiers).map((symbol) => symbol?.declarations[0]?.path)
}
