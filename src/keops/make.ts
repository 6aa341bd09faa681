// Makes reductions: what their callers gave, checked, with the kernel where the build has made one, or the compiler where it has not.
import type { Built } from "../artifact/artifact.ts"
import type { Request } from "../artifact/requests.ts"
import { type Declaration, parseAliases, printAlias } from "../formula/alias.ts"
import { about } from "../formula/error.ts"
import * as limits from "../formula/limits.ts"
import { OutputDiffers } from "../messages/alias.ts"
import * as say from "../messages/keops.ts"
import { NeedsWeight, TakesNoWeight } from "../messages/reduction.ts"
import { artifactDamaged, noOption } from "../messages/runtime.ts"
import { type ReductionName, type ReductionRow, reductions } from "../reductions/reductions.ts"
import { checkArtifact } from "../runtime/damage.ts"
import { execute } from "../runtime/execute.ts"
import { checkOptions, type RunOptions, wrongKind } from "../runtime/options.ts"
import { currentCompiler, type Measured } from "./compiler.ts"
import type { Axis } from "./matrices.ts"
import { operationsOf } from "./pieces.ts"
import type { Signature } from "./terms.ts"

/** A reduction as data: what `Request` says and how it is called. */
export interface Plan {
  readonly formula: string
  /** In call order. */
  readonly variables: readonly Declaration[]
  readonly reduction: ReductionName
  readonly over: Axis
  /** 0 where the reduction is not ranked. */
  readonly k: number
  /** The second formula of a weighted reduction. */
  readonly weight?: string
  /** Definitions of operations that the formulas hold. */
  readonly operations?: readonly (string | object)[]
  /** Whether inputs come in one record or one after the other. */
  readonly called: "record" | "positions"
  /** The output as its alias says it; its dimension is K where the reduction is ranked. */
  readonly output?: { readonly alias: string; readonly dim: number }
  /** Of a gradient that takes several kernels: the variables with respect to which it is taken. */
  readonly wrt?: readonly string[]
}

/** What a list of aliases, with operations of a user anywhere among them, says of a plan. */
export function listed(list: readonly unknown[]): Pick<Plan, "variables" | "operations"> {
  if (!Array.isArray(list)) throw wrongKind("aliases", 'a list like ["x = Vi(3)"]', list)
  const texts = list.filter((one) => !operationsOf([one]).length) as string[]
  return { variables: parseAliases(texts), operations: operationsOf(list) }
}

/** Throws an error about `reduction`, `over`, `k` and `weight` as a user without types may have given them. */
function check({ formula, reduction, over, k, weight }: Plan): void {
  if (typeof formula !== "string") throw wrongKind("formula", "a text", formula)
  if (!Object.hasOwn(reductions, reduction)) throw wrongKind("reduction", Object.keys(reductions).join(", "), reduction)
  if (over !== "i" && over !== "j") throw wrongKind("over", '"i" or "j"', over)
  const row: ReductionRow = reductions[reduction]
  if (row.ranked && !(Number.isInteger(k) && k >= 1 && k <= limits.entries)) throw new RangeError(say.NotRanked(`${k}`, limits.entries))
  if (!row.ranked && k !== 0) throw new TypeError(say.TakesNoRank(reduction))
  if (weight === undefined ? row.weight?.needed : typeof weight !== "string") throw new TypeError(NeedsWeight(reduction))
  if (weight !== undefined && !row.weight) throw new TypeError(TakesNoWeight(reduction))
}

/** Throws about options that are none; `known` are those that there are. */
export function refuse(others: object, known: string): void {
  for (const name in others) throw new TypeError(noOption(name, known))
}

/** Takes what the transformer has appended to the arguments of a call: an artifact, or what it knows of a formula. */
export function takeBuilt(args: unknown[]): Built | undefined {
  const last = args.at(-1) as Built | null | undefined
  return last?.tskeops ? (args.pop() as Built) : undefined
}

/**
 * The reduction of a plan. Without artifact, the compiler that `tskeops/jit` brings makes one at the first call; the formula's
 * mistakes are thrown at once if the compiler is there.
 */
export function makeReduction(plan: Plan, artifact?: Built, options: RunOptions = {}): unknown {
  check(plan)
  if (artifact) checkBuilt(plan, artifact)
  let kernels = artifact
  const dim = artifact?.output.dim ?? dimensionOf(plan)
  if (dim !== undefined) checkOutput(plan, dim)
  const request: Request = { ...plan, k: plan.k || undefined }
  const compiled = (): Built => {
    if (kernels) return kernels
    kernels = compilerFor(plan).compile(request)
    checkOutput(plan, kernels.output.dim)
    return kernels
  }
  const gradient = (wrt: string | readonly string[], built?: Built) => {
    const made = built ?? compilerFor(plan).differentiate!({ ...request, wrt, of: plan.wrt })
    return makeReduction({ ...made, called: plan.called, operations: plan.operations } as unknown as Plan, made, options)
  }
  const run = async (...inputs: readonly unknown[]) => {
    const ready = compiled()
    const names = ready.variables.map((variable) => variable.name)
    return execute(ready, plan.called === "record" ? inOrder(names, inputs) : inputs, options)
  }
  return Object.defineProperties(run, {
    with: {
      value(more: RunOptions) {
        checkOptions(more)
        return makeReduction(plan, kernels, { ...options, ...more })
      },
    },
    grad: { value: gradient },
    valueAndGrad: { value: gradient },
    signature: { get: () => signatureOf(plan, kernels) },
  })
}

/** Throws where the artifact is damaged, or not that of the plan. */
function checkBuilt({ formula, variables }: Plan, artifact: Built): void {
  checkArtifact(artifact, formula)
  const declared = artifact.variables.map(printAlias)
  if (!variables.every((variable) => declared.includes(printAlias(variable)))) throw new TypeError(artifactDamaged(formula))
}

/** The dimension of a formula, or of what a plan makes of it, where the compiler is there to tell. */
export function dimensionOf(plan: Measured & Pick<Plan, "variables">): number | undefined {
  return currentCompiler()?.measure?.(plan, Object.fromEntries(plan.variables.map(({ name, dim }) => [name, dim])))
}

function compilerFor({ formula }: Plan) {
  const compiler = currentCompiler()
  if (!compiler) throw new Error(say.NotCompiled(formula))
  return compiler
}

function checkOutput({ output, k }: Plan, dim: number): void {
  if (output && !k && output.dim !== dim) throw about(output.alias, OutputDiffers(output.alias, String(dim)))
}

function inOrder(names: readonly string[], inputs: readonly unknown[]): readonly unknown[] {
  const record = (names.length === 0 && inputs.length === 0 ? {} : inputs[0]) as Readonly<Record<string, unknown>>
  const isRecord = typeof record === "object" && record && !Array.isArray(record) && !ArrayBuffer.isView(record)
  if (inputs.length > 1 || !isRecord) throw new TypeError(say.NotARecord(names))
  for (const name of Object.keys(record)) if (!names.includes(name)) throw new TypeError(say.UnknownInput(name, names))
  return names.map((name) => {
    if (record[name] === undefined) throw new TypeError(say.MissingInput(name))
    return record[name]
  })
}

function signatureOf(plan: Plan, artifact: Built | undefined): Signature {
  const { formula, reduction, over, k, weight } = plan
  const { outputs }: ReductionRow = reductions[reduction]
  const { category = over === "j" ? ("i" as const) : ("j" as const), width: dim, kind = outputs } = artifact?.output ?? {}
  const variables = plan.variables.map(({ name, category, dim }) => ({ name, category, dim }))
  return { formula, reduction, over, k, weight, variables, output: { category, dim, kind } }
}
