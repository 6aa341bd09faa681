import { readFileSync } from "node:fs"
import { test } from "vitest"
import { createProject } from "./project.ts"

test("x", async () => {
  const project = createProject(
    {
      "src/main.ts": readFileSync("/tmp/wf/tag.ts", "utf8"),
      "src/later.ts": readFileSync("/tmp/wf/later/call.ts", "utf8").replace("../../../work/wf/src/index.ts", "tskeops"),
    },
    { noEmit: true },
  )
  console.log((await project.compile()).replace(/^ .*\n/gm, ""))
  project.remove()
})
