// `tskeops/bun`
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
  return createBunPlugin(factory)(options) as BunPlugin
}
