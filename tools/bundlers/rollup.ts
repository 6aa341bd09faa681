// `tskeops/rollup`

import type { Plugin } from "rollup"
import { createRollupPlugin } from "unplugin"
import type { TskeopsOptions } from "./options.ts"
import { factory } from "./plugin.ts"

const create = createRollupPlugin(factory)

/** Compiles the formulas of tskeops in Rollup. */
export default function tskeops(options?: TskeopsOptions): Plugin {
  return create(options) as Plugin
}
