// A process of the fuzzing command: does the batches that its parent sends, one after the other.
import { use } from "../support/drivers.ts"
import { runBatch, type Task } from "./batch.ts"

export function main(): Promise<never> {
  // there is no driver to ask for where the parent asks for no formulas on one
  use("SwiftShader")
  process.on("message", (task: Task) => {
    runBatch(task).then(
      (found) => process.send!(found),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
  process.send!("ready")
  return new Promise(() => undefined)
}
