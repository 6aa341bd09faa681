// An ESLint plugin with one rule, which repeats what the build says of formulas: the same sentences in the same places, in every editor that has ESLint.
//
//   import tskeops from "tskeops/eslint"
//   export default [tskeops.configs.recommended]
import type { ESLint, Linter, Rule } from "eslint"
import { openHost } from "../hosts/find.ts"
import { formulasRule } from "./eslint/rule.ts"

const rules = { formulas: formulasRule(openHost) }

const recommended: Linter.Config = {
  name: "tskeops/recommended",
  rules: { "tskeops/formulas": "error" },
  // The plugin holds the configuration that names it.
  get plugins() {
    return { tskeops: plugin }
  },
}

interface Plugin extends ESLint.Plugin {
  readonly rules: { readonly formulas: Rule.RuleModule }
  readonly configs: { readonly recommended: Linter.Config }
}

/** The plugin: `plugins: { tskeops }` with `rules: { "tskeops/formulas": "error" }`, or `tskeops.configs.recommended` alone. */
const plugin: Plugin = { meta: { name: "tskeops/eslint" }, rules, configs: { recommended } }

export default plugin
