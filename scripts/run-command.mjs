// Runs a command of node_modules/.bin or of this machine in the root of the repository, its output on this terminal.
import { spawnSync } from "node:child_process"
import { delimiter } from "node:path"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("..", import.meta.url))

/** Its exit status; 1 if it could not be started. */
export function runCommand([command, ...args], env = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: `${root}node_modules/.bin${delimiter}${process.env.PATH}`, ...env },
    shell: process.platform === "win32",
  })
  if (error) console.error(error.message)
  return status ?? 1
}
