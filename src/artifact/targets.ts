// The option `targets` of a build: which kernels an application ships.
import type { Artifact, Built } from "./artifact.ts"

/** Where kernels run, as users name it in `targets` and as `backend`. */
export type Target = "wasm" | "webgpu"

export const targets: readonly Target[] = ["webgpu", "wasm"]

/** The same without the kernels for other targets. */
export function onlyTargets(built: Built, wanted: readonly Target[] = targets): Built {
  if ("steps" in built) {
    return { ...built, steps: built.steps.map((step) => ({ ...step, artifact: withKernels(step.artifact, wanted) })) }
  }
  return withKernels(built, wanted)
}

function withKernels({ wgsl, wasm, ...rest }: Artifact, wanted: readonly Target[]): Artifact {
  return { ...rest, ...(wanted.includes("webgpu") && { wgsl }), ...(wanted.includes("wasm") && { wasm }) } as Artifact
}
