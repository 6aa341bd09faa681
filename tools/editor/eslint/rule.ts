// The rule `tskeops/formulas`.
import { resolve } from "node:path"
import type { Rule } from "eslint"
import type { Host } from "../../hosts/host.ts"
import { inNoProject, notOpened } from "./messages.ts"
import { type OpenProject, openProject } from "./open-projects.ts"
import { projectsAround, withReferences } from "./projects.ts"

/** The options of `tskeops/formulas`. */
interface FormulasOptions {
  /** The tsconfig.json of the files, or several; by default the nearest one, with those that it refers to. */
  readonly project?: string | readonly string[]
  /** What to do with a file that uses tskeops and is in no project: `"report"` says so in one sentence; `"ignore"`, the default, is silent. */
  readonly outside?: "ignore" | "report"
}

/** The rule, over what opens a project. */
export function formulasRule(open: (project: string) => Host): Rule.RuleModule {
  const opened = new Map<string, OpenProject | Error>()
  const openOnce = (project: string): OpenProject | Error => {
    const known = opened.get(project)
    if (known !== undefined) return known
    let made: OpenProject | Error
    try {
      made = openProject(project, open)
    } catch (error) {
      made = error instanceof Error ? error : new Error(String(error))
    }
    opened.set(project, made)
    return made
  }

  return {
    meta: {
      type: "problem",
      docs: {
        description: "Report the mistakes of formulas that the build reports",
        url: "https://github.com/tskeops/tskeops/blob/main/docs/troubleshooting.md",
      },
      schema: [
        {
          type: "object",
          properties: {
            project: { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" }, minItems: 1 }] },
            outside: { enum: ["ignore", "report"] },
          },
          additionalProperties: false,
        },
      ],
    },
    create(context) {
      const { sourceCode, cwd, physicalFilename } = context
      const { project, outside = "ignore" } = (context.options[0] ?? {}) as FormulasOptions
      const file = resolve(cwd, physicalFilename)
      const { text } = sourceCode
      // Only there does it matter to a reader that formulas are not checked.
      const usesFormulas = text.includes("tskeops")

      /** The projects to ask, in this order. */
      const candidates = () =>
        project === undefined ? projectsAround(file) : [project].flat().flatMap((one) => [...withReferences(resolve(cwd, one))])
      const at = (index: number) => sourceCode.getLocFromIndex(Math.min(index, text.length))

      return {
        Program(node) {
          const report = (message: string, start = 0, end?: number) =>
            context.report({ node, loc: end === undefined ? at(start) : { start: at(start), end: at(end) }, message })
          const asked: string[] = []
          let broken: string | undefined
          for (const candidate of candidates()) {
            const found = openOnce(candidate)
            if (found instanceof Error) {
              broken ??= notOpened(candidate, found.message)
              continue
            }
            asked.push(candidate)
            if (!found.has(file)) continue
            for (const { start, end, message } of found.problems(file, text)) report(message, start, end)
            return
          }
          const sentence = broken ?? (outside === "report" ? inNoProject(asked) : undefined)
          if (usesFormulas && sentence !== undefined) report(sentence)
        },
      }
    },
  }
}
