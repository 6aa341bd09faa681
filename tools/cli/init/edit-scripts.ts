// The scripts of package.json that run tsc, which knows no tag: `tskeops check` beside a bundler, `tskeops build` where tsc makes the output.
import type { ProjectTools } from "../tools/read-tools.ts"
import { set } from "./edit-json.ts"

/** package.json with these scripts; unchanged where none runs plain tsc. */
export function withCommand(text: string, { tools, scripts, uses }: ProjectTools): string {
  // Their tspc knows it.
  if (uses.has("ts-patch")) return text
  return Object.entries(scripts).reduce((before, [name, line]) => {
    const changed = line
      .split(/(\s*(?:&&|\|\||;)\s*)/)
      .map((part) => command(part, tools.length > 0) ?? part)
      .join("")
    return changed === line ? before : set(before, ["scripts", name], changed)
  }, text)
}

/** What takes the place of a call of tsc; `undefined` where it has options that we do not have. */
function command(part: string, hasBundler: boolean): string | undefined {
  const [, npx = "", given = ""] = /^(npx )?tsc(?: (.*))?$/.exec(part.trim()) ?? []
  if (!/^(npx )?tsc\b/.test(part.trim())) return undefined
  const words = given.split(/\s+/).filter(Boolean)
  let project = ""
  let [emits, watch] = [!hasBundler, ""]
  while (words.length > 0) {
    const word = words.shift()!
    if (word === "--noEmit") emits = false
    else if (word === "-w" || word === "--watch") watch = " --watch"
    else if (["-p", "--project", "-b", "--build"].includes(word)) project = words[0] && !words[0].startsWith("-") ? ` ${words.shift()}` : ""
    else return undefined
  }
  return `${npx}tskeops ${emits ? "build" : "check"}${project === " ." ? "" : project}${watch}`
}
