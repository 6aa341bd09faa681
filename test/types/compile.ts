// Runs a TypeScript compiler of this repository on one module that imports the package by its name, against its source.
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "../layers/sources.ts"

/** What `compiler` (a folder of node_modules) prints about `source`, its file called calls.ts. Throws if the compiler itself fails. */
export function compile(compiler: string, source: string): string {
  mkdirSync(join(root, "out"), { recursive: true })
  const folder = mkdtempSync(join(root, "out/types-"))
  try {
    writeFileSync(join(folder, "calls.ts"), source.replace('"tskeops"', '"../../src/index.ts"'))
    const compilerOptions = {
      noEmit: true,
      strict: true,
      target: "es2022",
      module: "nodenext",
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      noErrorTruncation: true,
      types: ["node"],
    }
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["calls.ts"] }))
    const command = [join(root, "node_modules", compiler, "bin/tsc"), "-p", folder, "--pretty", "false"]
    const { stdout, stderr, status } = spawnSync(process.execPath, command, { encoding: "utf8", cwd: root })
    if (status !== 0 && !stdout.includes("error TS")) throw new Error(stderr)
    return stdout
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
