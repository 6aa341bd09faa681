// `tskeops/esbuild`. Not on unplugin, which cannot hand over the line of an error, and reads every file of a build.
import { readFile } from "node:fs/promises"
import { extname } from "node:path"
import type { Loader, PartialMessage, Plugin } from "esbuild"
import type { Problem } from "../hosts/host.ts"
import { compile } from "./compile.ts"
import { foreign, scripts, words } from "./filter.ts"
import { checkOptions, readOptions, type Settings, type TskeopsOptions } from "./options.ts"
import { lookAgain } from "./projects.ts"
import { shortPath } from "./report.ts"

const loaders: Readonly<Record<string, Loader>> = { ".ts": "ts", ".mts": "ts", ".cts": "ts", ".tsx": "tsx", ".jsx": "jsx" }

/** Compiles the formulas of tskeops in esbuild. */
export default function tskeops(options: TskeopsOptions = {}): Plugin {
  checkOptions(options)
  return {
    name: "tskeops",
    setup({ initialOptions: { absWorkingDir: root = process.cwd(), loader = {} }, onStart, onLoad }) {
      const settings = readOptions(options, root)
      onStart(lookAgain)
      onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: "file" }, async ({ path, suffix }) => {
        if (foreign.test(path) || !scripts.test(path) || suffix !== "") return undefined
        const code = await readFile(path, "utf8")
        if (!words.test(code)) return undefined
        const outcome = attempt(settings, path, code)
        if (outcome === undefined || "errors" in outcome) return outcome
        const { problems, made, dependencies } = outcome
        const watchFiles = [...dependencies]
        if (problems.length > 0) return { errors: problems.map((problem) => messageOf(problem, code, root)), watchFiles }
        const contents = made ? `${made.code}\n//# sourceMappingURL=${made.map.toUrl()}` : code
        const extension = extname(path)
        return { contents, loader: loader[extension] ?? loaders[extension] ?? "js", watchFiles }
      })
    },
  }
}

/** What is thrown as the error that it is for the user, without a place in this file. */
function attempt(settings: Settings, path: string, code: string) {
  try {
    return compile(settings, path, code)
  } catch (error) {
    return { errors: [{ text: error instanceof Error ? error.message : String(error) }] }
  }
}

/** esbuild counts columns from 0, in bytes. */
function messageOf({ file, line, column, start, end, message }: Problem, code: string, root: string): PartialMessage {
  const lineText = code.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1] ?? ""
  const bytes = (from: number, to: number) => Buffer.byteLength(lineText.slice(from, to))
  const before = column - 1
  return {
    text: message,
    location: {
      file: shortPath(file, root),
      line,
      column: bytes(0, before),
      length: bytes(before, before + end - start),
      lineText,
    },
  }
}
