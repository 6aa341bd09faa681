// Whether an artifact is what the build makes: what a bundler or an edit has damaged, or another version has made, is refused before it runs.
import { ARTIFACT_VERSION, type Built } from "../artifact/artifact.ts"
import { artifactDamaged } from "../messages/runtime.ts"

/** Throws a TypeError that names the formula. */
export function checkArtifact(artifact: Built, formula = artifact.formula): void {
  try {
    if (artifact.tskeops === ARTIFACT_VERSION && isSound(artifact)) return
  } catch {
    // a field that is missing has no fields of its own
  }
  throw new TypeError(artifactDamaged(formula))
}

function isSound(built: Built): unknown {
  const { variables, output } = built
  if ("steps" in built) return built.steps.every(({ artifact }) => isSound(artifact)) && Object.keys(built.gradients)[0]
  const { wgsl, wasm } = built
  const { rowsPerStep, block, stateBytes, scratchBytes, work } = wasm
  // one that is missing, or no number, makes it NaN
  const sizes = output.width * wgsl.rowsPerGroup * wgsl.tile * wgsl.stateWords * rowsPerStep * block * stateBytes * work.call * work.pair
  return sizes > 0 && scratchBytes >= 0 && wgsl.code && variables.every(({ dim }) => dim > 0)
}
