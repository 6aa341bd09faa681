// The projects that the rule has opened. ESLint asks for one file after the other, in an editor for hours, and says nothing of files that changed
// meanwhile: so these are looked for here.

import { existsSync, statSync } from "node:fs"
import type { Host, Problem } from "../../hosts/host.ts"
import { posix } from "../../hosts/paths.ts"
import { noSuchFile } from "./messages.ts"

/** How long what is on the disk is taken for granted: a run over many files shall not look at each of them for each. */
export const REFRESH_MS = 1000

export interface OpenProject {
  /** Whether the project has a file as one of its own. */
  has(file: string): boolean
  /** The mistakes of formulas in a file with this text. */
  problems(file: string, text: string): readonly Problem[]
}

const timeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs

/** Opens a project with what makes hosts; throws what that throws. */
export function openProject(project: string, open: (project: string) => Host): OpenProject {
  if (!existsSync(project)) throw new Error(noSuchFile)
  const host = open(project)
  const times = new Map<string, number | undefined>()
  /** Files that are not in the project, and when they were written. */
  const strangers = new Map<string, number | undefined>()
  let next = 0

  /** Tells the host which files are others than they were. */
  const refresh = () => {
    if (Date.now() < next) return
    for (const file of [project, ...host.files()]) {
      const time = timeOf(file)
      if (times.has(file) && times.get(file) !== time) host.changed(file)
      times.set(file, time)
    }
    next = Date.now() + REFRESH_MS
  }

  const knows = (file: string) => host.files().includes(posix(file))

  return {
    has(file) {
      refresh()
      if (knows(file)) return true
      // It may be a new one. That is asked once for each state of the file: most are none of the project's.
      const time = timeOf(file)
      if (strangers.has(file) && strangers.get(file) === time) return false
      strangers.set(file, time)
      host.changed(file)
      return knows(file)
    },
    problems(file, text) {
      host.changed(file, text)
      return host.problems(file).filter(({ isOurs }) => isOurs)
    },
  }
}
