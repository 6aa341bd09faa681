// `tskeops/vite`, for Vitest too.
import { createVitePlugin } from "unplugin"
import type { Plugin } from "vite"
import type { TskeopsOptions } from "./options.ts"
import { factory } from "./plugin.ts"

const create = createVitePlugin(factory)

/** Compiles the formulas of tskeops in Vite and in Vitest, those of workers too. */
export default function tskeops(options?: TskeopsOptions): Plugin {
  return {
    ...(create(options) as Plugin),
    // A build makes workers with plugins of their own.
    config: () => ({ worker: { plugins: () => [tskeops(options)] } }),
  }
}
