// Whether an artifact is what the build makes: what a bundler or an edit has damaged, or another version has made, is refused before it runs.
import { ARTIFACT_VERSION, type Built } from "../artifact/artifact.ts"
import { artifactDamaged, artifactVersion } from "../messages/runtime.ts"

const sound = new WeakSet<Built>()

/** Throws a TypeError that names the formula. */
export function checkArtifact(artifact: Built, formula = artifact.formula): void {
  if (artifact.tskeops !== ARTIFACT_VERSION) throw new TypeError(artifactVersion(formula, artifact.tskeops, ARTIFACT_VERSION))
  try {
    if (!sound.has(artifact) && !isSound(artifact)) throw 0
  } catch {
    // a field that is missing has no fields of its own
    throw new TypeError(artifactDamaged(formula))
  }
  sound.add(artifact)
}

function isSound(built: Built): boolean {
  const { variables, output } = built
  const numbers = [output.width, ...variables.map(({ dim }) => dim)]
  if ("steps" in built) {
    const given = variables.map(({ name }) => name)
    // each step takes inputs and what was given before it
    const inOrder = built.steps.every(({ gives, artifact, gather: { index = given[0] } = {} }) => {
      const isRight = isSound(artifact) && [index, ...artifact.variables.map(({ name }) => name)].every((name) => given.includes(name!))
      given.push(gives)
      return isRight
    })
    return inOrder && Object.values(built.gradients).every((name) => given.includes(name))
  }
  const { wgsl, wasm } = built
  numbers.push(wgsl.rowsPerGroup, wgsl.tile, wgsl.stateWords, wasm.rowsPerStep, wasm.block, wasm.stateBytes, wasm.scratchBytes + 1)
  numbers.push(wasm.work.call, wasm.work.pair)
  // an offset for each variable, and no more
  return numbers.every((each) => each > 0) && wgsl.code.split(/\bat\d+: u32/).length === variables.length + 1
}
