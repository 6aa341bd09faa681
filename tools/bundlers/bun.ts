// `tskeops/bun`
import { readFile } from "node:fs/promises"
import { createBunPlugin } from "unplugin"
import type { TskeopsOptions } from "./options.ts"
import { factory } from "./plugin.ts"

/** A plugin of Bun, by its shape: its types are those of a package that users of Bun may not have. */
export interface BunPlugin {
  readonly name: string
  // biome-ignore lint/suspicious/noExplicitAny: the type is Bun's
  setup(build: any): void | Promise<void>
}

/** Compiles the formulas of tskeops in `Bun.build`; and while loading, if a preloaded script hands it to `Bun.plugin`. */
export default function tskeops(options?: TskeopsOptions): BunPlugin {
  const { name, setup } = createBunPlugin(factory)(options) as BunPlugin
  return { name, setup: (build) => setup(build.onStart ? build : whileLoading(build)) }
}

/** While loading there is no build that starts, and no configuration of one; and who is asked for a module must return it. */
// biome-ignore lint/suspicious/noExplicitAny: the types are Bun's
function whileLoading(build: any): unknown {
  return {
    config: {},
    onStart() {},
    onLoad(_: unknown, load: (args: { readonly path: string }) => Promise<object | undefined>) {
      build.onLoad(
        { filter: /^(?!.*[\\/]node_modules[\\/]).*\.[cm]?[jt]sx?$/ },
        async (args: { readonly path: string; readonly loader: string }) => {
          return (await load(args)) ?? { contents: await readFile(args.path, "utf8"), loader: args.loader }
        },
      )
    },
  }
}
