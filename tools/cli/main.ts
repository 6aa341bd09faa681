#!/usr/bin/env node
// The command `tskeops`.
import { terminal } from "./output.ts"
import { run } from "./run.ts"

run(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code
})
