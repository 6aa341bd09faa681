// A stage: the same WGSL module with short names and without spaces, for every application ships its text. It looks at tokens alone.
import { WGSL_ARGS } from "../artifact/wgsl-abi.ts"

/**
 * The long names of modules, the most frequent first, and short ones for them: capitals (`F`, `I`, `J` and `B` are types), then pairs of letters.
 * PERF: one table for all modules, so that the kernels of an application stay alike: compression finds what they share.
 */
const longNames =
  "args tile first slot group rows state local width row add recall keep lane hold end count begin parts word result part split place source " +
  "columns key bits id odd list term better number parameters worst0 ordered unordered bound settle finishRow offer index again turn " +
  "key0 index0 top low rest carried fade weights cells near far left right fresh flag flag0 one size under unit nan_F exp_F log_F less_F " +
  "sine_F atMost_F equal_F unequal_F quotient_F root_F carry_F both_F whole_F nothing_F"
const capitals = "ACDEGHKLMNOPQRSTUVWXYZ"
const names: ReadonlyMap<string, string> = new Map(longNames.split(" ").map((name, n) => [name, shortName(n)]))

function shortName(n: number): string {
  const rest = n - capitals.length
  return capitals[n] ?? capitals[Math.floor(rest / 26)]! + String.fromCharCode(97 + (rest % 26))
}

const token = /[A-Za-z_]\w*|\d[\w.]*|--|[^\s\w]/g

/** @example `shorten("fn hold(x: F) -> F { return x * 2f; }")` is `fn Q(x:F)->F{return x*2f;}` */
export function shorten(code: string): string {
  const tokens = flatten(code).match(token) ?? []
  let text = ""
  for (const [n, one] of tokens.entries()) {
    const before = tokens[n - 1] ?? ""
    // Behind `@` and inside of `@builtin(…)` are WGSL's own words.
    const next = before === "@" || tokens[n - 2] === "builtin" ? one : (names.get(one) ?? one)
    const touch = (/\w$/.test(before) && /^\w/.test(next)) || (before.endsWith("-") && next.startsWith("-"))
    text += touch ? ` ${next}` : next
  }
  return text
}

/** The uniforms as an array of groups of four, so that the module need not declare their names. */
function flatten(code: string): string {
  const fields = Math.ceil(WGSL_ARGS.length / 4)
  const [struct = "", offsets] = /struct Args .*, at: array<vec4<u32>, (\d+)> }/.exec(code) ?? []
  return code
    .replace(struct, "")
    .replace("args: Args", `args: array<vec4<u32>, ${fields + Number(offsets)}>`)
    .replace(/args\.at\[(\d+)]/g, (_, group) => `args[${fields + Number(group)}]`)
    .replace(/args\.(\w+)/g, (_, name: (typeof WGSL_ARGS)[number]) => {
      const field = WGSL_ARGS.indexOf(name)
      return `args[${field >> 2}].${"xyzw"[field & 3]}`
    })
}
