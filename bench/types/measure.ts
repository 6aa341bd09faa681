// What the types cost: instantiations and types that one call adds, by the compiler's own counts, which do not depend on the machine.
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { type Sample, samples } from "./formulas.ts"

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, "../..")

export interface Cost {
  readonly instantiations: number
  readonly types: number
}
/** What a program with one call of each kind costs, and what one more call adds to it, for `genericSum` and for `keops`. */
export interface Costs {
  readonly base: Cost
  readonly generic: Cost
  readonly pieces: Cost
}

const generic = ({ formula, output, aliases }: Sample) =>
  `genericSum(${[formula, output, ...aliases].map((text) => JSON.stringify(text)).join(", ")})`
/** The same formula as pieces and variables, which are declared. */
function pieces({ formula, aliases }: Sample): string {
  const used = aliases.map((alias) => alias.split(" ")[0]!)
  const declared = aliases.map((alias) => alias.replace(/(\w+) = (\w+)\((\d+)\)/, '$1 = $2("$1", $3)'))
  const parts = formula.split(new RegExp(`\\b(${used.join("|")})\\b`))
  const texts = parts.filter((_, n) => n % 2 === 0).map((text) => JSON.stringify(text))
  return `{ const ${declared.join(", ")}\nkeops([${texts.join(", ")}], ${parts.filter((_, n) => n % 2 === 1).join(", ")}) }`
}

/** Counts by the compiler at `tsc`, a path from the root. `generic`: one call of `genericSum`; `pieces`: its variables declared, and one call of `keops`. */
export function measure(tsc = "node_modules/typescript/bin/tsc", count = 120): Costs {
  mkdirSync(join(here, "out"), { recursive: true })
  const folder = mkdtempSync(join(here, "out/types-"))
  try {
    // Against declarations, as users have them: the sources would be checked as well.
    const flags =
      "--strict --target es2022 --module nodenext --allowImportingTsExtensions --rewriteRelativeImportExtensions --skipLibCheck --types node"
    execFileSync(process.execPath, [
      join(root, "node_modules/typescript/bin/tsc"),
      ...flags.split(" "),
      "--declaration",
      "--emitDeclarationOnly",
      "--rootDir",
      root,
      "--outDir",
      folder,
      join(root, "src/index.ts"),
    ])
    const cost = (body: string) => {
      const file = join(folder, "calls.ts")
      writeFileSync(
        file,
        `import { genericSum, keops, Pm, Vi, Vj } from "./src/index.js"\n${body}\nexport const used = { genericSum, keops, Pm, Vi, Vj }\n`,
      )
      const out = execFileSync(process.execPath, [join(root, tsc), ...flags.split(" "), "--noEmit", "--extendedDiagnostics", file], {
        encoding: "utf8",
        cwd: root,
      })
      const read = (what: string) => Number(new RegExp(`^${what}:\\s+(\\d+)`, "m").exec(out)?.[1])
      return { instantiations: read("Instantiations"), types: read("Types") }
    }
    const per = (less: Cost, more: Cost): Cost => ({
      instantiations: Math.round((more.instantiations - less.instantiations) / count),
      types: Math.round((more.types - less.types) / count),
    })
    const all = samples(count)
    // The first calls pay for what all share; they are not counted.
    const first = samples(count + 12).slice(count)
    // One call of each kind: what a program pays once.
    const base = cost('genericSum("x - y", "a = Vi(1)", "x = Vi(1)", "y = Vj(1)")\nkeops(["", " - ", ""], Vi("x", 1), Vj("y", 1)).sum()')
    const onlyFirst = cost(first.map(generic).join("\n"))
    const onlyFirstPieces = cost(first.map(pieces).join("\n"))
    return {
      base,
      generic: per(onlyFirst, cost([...first, ...all].map(generic).join("\n"))),
      pieces: per(onlyFirstPieces, cost([...first, ...all].map(pieces).join("\n"))),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(measure(process.argv[2]), null, 2))
