// Rejects artifacts that a bundler or an edit has damaged, or that another version has made, before they run.
import { ARTIFACT_VERSION, type Built } from "../artifact/artifact.ts"
import { artifactDamaged, otherVersion } from "../messages/runtime.ts"

/** Throws a TypeError that names the formula. */
export function checkArtifact(artifact: Built, formula = artifact.formula): void {
  const { tskeops } = artifact
  if (tskeops !== ARTIFACT_VERSION) throw new TypeError(otherVersion(formula, tskeops > ARTIFACT_VERSION))
  try {
    if (isSound(artifact)) return
  } catch {
    // Reading a field of a missing field throws.
  }
  throw new TypeError(artifactDamaged(formula))
}

function isSound(built: Built): unknown {
  const { variables, output } = built
  if ("steps" in built) return built.steps.every(({ artifact }) => isSound(artifact)) && Object.keys(built.gradients)[0]
  const { wgsl, wasm } = built
  // Any factor that is missing or not a number makes the product NaN.
  const sizes =
    output.width *
    (wgsl ? wgsl.rowsPerGroup * wgsl.tile * wgsl.stateWords * wgsl.code.length : 1) *
    (wasm ? wasm.rowsPerStep * wasm.block * wasm.stateBytes * wasm.work.call * wasm.work.pair * wasm.module.length : 1)
  return sizes > 0 && variables.every(({ dim }) => dim > 0)
}
