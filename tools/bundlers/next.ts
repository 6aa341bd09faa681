// `tskeops/next`: the configuration of Next.js, with our loader for Turbopack and for webpack.
import { words } from "./filter.ts"
import { checkOptions, type TskeopsOptions } from "./options.ts"
import { rule } from "./rule.ts"

/** The parts of a configuration that change. */
interface NextConfig {
  readonly turbopack?: { readonly rules?: Readonly<Record<string, unknown>> }
  readonly webpack?: ((config: WebpackConfig, context: unknown) => unknown) | null
}
interface WebpackConfig {
  readonly module: { readonly rules: unknown[] }
}

const GLOB = "*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"

/**
 * Compiles the formulas of tskeops in Next.js: wraps a configuration, or a function that returns one.
 *
 * @example
 * // next.config.ts
 * export default withTskeops({ reactStrictMode: true })
 */
export function withTskeops<const Config extends object>(config?: Config, options: TskeopsOptions = {}): Config {
  checkOptions(options)
  const given = (config ?? {}) as NextConfig | ((...args: unknown[]) => Promise<NextConfig>)
  const made = typeof given === "function" ? async (...args: unknown[]) => extend(await given(...args), options) : extend(given, options)
  return made as Config
}

function extend(config: NextConfig, options: TskeopsOptions): NextConfig {
  const { turbopack, webpack } = config
  const before = turbopack?.rules?.[GLOB]
  const ours = {
    // Turbopack tests these itself, and starts no loader for other modules.
    condition: { all: [{ not: "foreign" }, { content: words }] },
    loaders: [{ loader: "tskeops/loader", options: { ...options } }],
  }
  return {
    ...config,
    turbopack: { ...turbopack, rules: { ...turbopack?.rules, [GLOB]: before === undefined ? ours : [before, ours].flat() } },
    webpack(made, context) {
      made.module.rules.push(rule(options))
      return webpack ? webpack(made, context) : made
    },
  }
}
