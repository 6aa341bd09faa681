// Rejects artifacts that a bundler or an edit has damaged, or that another version has made, before they run.
import { ARTIFACT_VERSION, type Built } from "../artifact/artifact.ts"
import { artifactDamaged } from "../messages/runtime.ts"

/** Throws a TypeError that names the formula. */
export function checkArtifact(artifact: Built, formula = artifact.formula): void {
  try {
    if (artifact.tskeops === ARTIFACT_VERSION && isSound(artifact)) return
  } catch {
    // Reading a field of a missing field throws.
  }
  throw new TypeError(artifactDamaged(formula))
}

function isSound(built: Built): unknown {
  const { variables, output } = built
  if ("steps" in built) return built.steps.every(({ artifact }) => isSound(artifact)) && Object.keys(built.gradients)[0]
  const { wgsl, wasm } = built
  const { rowsPerStep, block, stateBytes, scratchBytes, work } = wasm
  // Any factor that is missing or not a number makes the product NaN.
  const sizes = output.width * wgsl.rowsPerGroup * wgsl.tile * wgsl.stateWords * rowsPerStep * block * stateBytes * work.call * work.pair
  return sizes > 0 && scratchBytes >= 0 && wgsl.code && variables.every(({ dim }) => dim > 0)
}
