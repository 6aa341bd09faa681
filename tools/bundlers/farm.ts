// `tskeops/farm`

import type { JsPlugin } from "@farmfe/core"
import { createFarmPlugin } from "unplugin"
import type { TskeopsOptions } from "./options.ts"
import { factory } from "./plugin.ts"

const create = createFarmPlugin(factory)

/** Compiles the formulas of tskeops in Farm. */
export default function tskeops(options?: TskeopsOptions): JsPlugin {
  return create(options) as JsPlugin
}
