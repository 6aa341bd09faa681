// Each bundler with our plugin, as its users call it. Not a test itself.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { basename, dirname, join, resolve } from "node:path"
import type { Plugin as EsbuildPlugin } from "esbuild"
import type { Plugin as RolldownPlugin } from "rolldown"
import type { Plugin as RollupPlugin } from "rollup"
import type { Plugin as VitePlugin } from "vite"
import type { Configuration, Stats } from "webpack"
import type { Project } from "../transformer/project.ts"
import { type Build, type Bundled, entryOf, load, type Make, outputOf } from "./app.ts"
import { farm } from "./farm.ts"

const messageOf = (error: unknown) =>
  error instanceof Error ? `${error.message}\n${(error as { readonly frame?: string }).frame}` : String(error)

/** Builds, or collects what is thrown. */
async function attempt(file: string, build: () => Promise<unknown>): Promise<Bundled> {
  try {
    await build()
    return { file, errors: [] }
  } catch (error) {
    return { file, errors: [messageOf(error)] }
  }
}

/** Rollup reads no TypeScript and finds no packages: what users add for that. */
const forRollup = ({ folder }: Project): RollupPlugin => ({
  name: "test",
  resolveId(id, importer) {
    if (id.startsWith(".")) return resolve(dirname(importer ?? folder), id)
    return id === "tskeops" ? join(folder, "node_modules/tskeops/dist/src/index.js") : null
  },
  async transform(code, id) {
    if (!id.endsWith(".ts")) return null
    const { transform } = await import("esbuild")
    const made = await transform(code, { loader: "ts", sourcemap: true, sourcefile: id, target: "es2022" })
    return { code: made.code, map: made.map }
  },
})

const esbuild: Build = async (project, options) => {
  const { build, formatMessages } = await import("esbuild")
  const file = outputOf(project, "esbuild")
  try {
    await build({
      entryPoints: [entryOf(project)],
      absWorkingDir: project.folder,
      outfile: file,
      bundle: true,
      format: "esm",
      platform: "node",
      sourcemap: true,
      logLevel: "silent",
      plugins: [load<Make<EsbuildPlugin>>(project, "esbuild")(options)],
    })
    return { file, errors: [] }
  } catch (error) {
    const { errors } = error as import("esbuild").BuildFailure
    return { file, errors: await formatMessages(errors, { kind: "error", color: false }) }
  }
}

const rollup: Build = async (project, options) => {
  const { rollup } = await import("rollup")
  const file = outputOf(project, "rollup")
  return attempt(file, async () => {
    const plugins = [load<Make<RollupPlugin>>(project, "rollup")({ project: project.folder, ...options }), forRollup(project)]
    const made = await rollup({ input: entryOf(project), plugins, external: ["webgpu"], onwarn: () => {} })
    await made.write({ file, format: "esm", sourcemap: true, inlineDynamicImports: true })
    await made.close()
  })
}

const rolldown: Build = async (project, options) => {
  const { rolldown } = await import("rolldown")
  const file = outputOf(project, "rolldown")
  return attempt(file, async () => {
    const plugins = [load<Make<RolldownPlugin>>(project, "rolldown")(options)]
    const made = await rolldown({ input: entryOf(project), cwd: project.folder, platform: "node", plugins, logLevel: "silent" })
    await made.write({ file, format: "esm", sourcemap: true, codeSplitting: false })
    await made.close()
  })
}

const vite: Build = async (project, options) => {
  const { build } = await import("vite")
  const file = outputOf(project, "vite")
  return attempt(file, () =>
    build({
      root: project.folder,
      configFile: false,
      logLevel: "silent",
      plugins: [load<Make<VitePlugin>>(project, "vite")(options)],
      build: {
        outDir: "built",
        emptyOutDir: false,
        target: "es2022",
        sourcemap: true,
        minify: false,
        lib: { entry: "src/main.ts", formats: ["es"], fileName: () => basename(file) },
      },
    }),
  )
}

/** webpack and Rspack have one interface. */
const packed =
  (name: "webpack" | "rspack", packageName: string, loader: object): Build =>
  async (project, options) => {
    const start = createRequire(import.meta.url)(packageName) as (configuration: Configuration) => {
      run(then: (error: Error | null, stats?: Stats) => void): void
      close(then: () => void): void
    }
    const file = outputOf(project, name)
    const compiler = start({
      mode: "production",
      target: "node20",
      context: project.folder,
      entry: entryOf(project),
      devtool: "source-map",
      experiments: { outputModule: true },
      output: { path: dirname(file), filename: basename(file), module: true },
      optimization: { minimize: false },
      resolve: { extensions: [".ts", ".js"] },
      module: { rules: [{ test: /\.ts$/, use: loader as { loader: string } }] },
      plugins: [load<Make<NonNullable<Configuration["plugins"]>[number]>>(project, name)(options)],
    })
    return new Promise((done) =>
      compiler.run((error, stats) => {
        const errors = error ? [messageOf(error)] : (stats?.toJson({ all: false, errors: true }).errors ?? []).map(({ message }) => message)
        compiler.close(() => done({ file, errors }))
      }),
    )
  }

export const bundlers: Readonly<Record<string, Build>> = {
  vite,
  rollup,
  rolldown,
  esbuild,
  farm,
  webpack: (project, options) => packed("webpack", "webpack", { loader: join(project.folder, "esbuild-loader.cjs") })(project, options),
  rspack: packed("rspack", "@rspack/core", {
    loader: "builtin:swc-loader",
    options: { jsc: { parser: { syntax: "typescript" }, target: "es2022" } },
  }),
}

export const textOf = ({ file }: Bundled): string => readFileSync(file, "utf8")
