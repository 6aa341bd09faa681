// `tskeops/rolldown`

import type { Plugin } from "rolldown"
import { createRolldownPlugin } from "unplugin"
import type { TskeopsOptions } from "./options.ts"
import { factory } from "./plugin.ts"

const create = createRolldownPlugin(factory)

/** Compiles the formulas of tskeops in Rolldown. */
export default function tskeops(options?: TskeopsOptions): Plugin {
  return create(options) as Plugin
}
