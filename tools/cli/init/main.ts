// `tskeops init`: recognises a project's tools and writes the lines that each needs, after asking.
import { statSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { cancel, confirm, isCancel } from "@clack/prompts"
import { createTwoFilesPatch } from "diff"
import { allDone, byHand, nobodyToAsk, noPackage, nothingWritten, written } from "../messages.ts"
import { exit, type Output, Refusal } from "../output.ts"
import { planSteps, type Step } from "./plan.ts"

interface Options {
  readonly yes?: boolean
  readonly dryRun?: boolean
}

export async function main([folder = "."]: readonly string[], { yes, dryRun }: Options, { out }: Output): Promise<number> {
  const path = resolve(folder)
  if (!statSync(join(path, "package.json"), { throwIfNoEntry: false })) throw new Refusal(noPackage(path))
  const steps = planSteps(path)
  let isWritten = false
  for (const step of steps) {
    if (!("after" in step)) {
      out(`${byHand(step.file, step.why)}\n\n${step.lines.replace(/^/gm, "  ")}\n`)
      continue
    }
    out(patchOf(step))
    if (dryRun || !(yes || (await isWanted(step)))) continue
    writeFileSync(join(path, step.file), step.after)
    isWritten = true
    out(written(step.file))
  }
  if (steps.length === 0) out(allDone())
  else if (!isWritten) out(nothingWritten())
  return exit.fine
}

/** The change as `diff` shows it, without the lines that name the files twice. */
function patchOf({ file, before, after }: Extract<Step, { readonly after: string }>): string {
  const patch = createTwoFilesPatch(before === undefined ? "/dev/null" : file, file, before ?? "", after, "", "", { context: 2 })
  return patch.replace(/^(Index: .*\n)?=+\n/, "").trimEnd()
}

async function isWanted({ file, title }: Step): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Refusal(nobodyToAsk())
  const answer = await confirm({ message: `${title}: write ${file}?` })
  if (!isCancel(answer)) return answer
  cancel(nothingWritten())
  return false
}
