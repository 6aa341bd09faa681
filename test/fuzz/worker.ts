// A process of the fuzzing command: runs the batches that its parent sends, one after the other.
import { once } from "node:events"
import { runBatch, type Task } from "./batch.ts"

export async function main(): Promise<void> {
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
  await once(process, "disconnect")
  // a native library may keep the process alive
  setTimeout(() => process.exit(0), 100).unref()
}
