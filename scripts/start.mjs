// `npm start`: builds the package where that has not been done since the last change, compiles the examples with tspc, and runs them.
// `npm start -- world-cities --full` runs one, with its own options.
import { existsSync, readdirSync, statSync } from "node:fs"
import { root, runCommand } from "./run-command.mjs"

const names = ["world-cities", "mnist-knn"]
const given = process.argv.slice(2)
const chosen = names.filter((name) => given.includes(name))
const options = given.filter((each) => !names.includes(each))

function run(...command) {
  const status = runCommand(command)
  if (status !== 0) process.exit(status)
}

/** The time of the last change under a folder, or of a file; 0 where there is none. */
function changed(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path, { recursive: true, encoding: "utf8" }).map((file) => statSync(`${path}/${file}`).mtimeMs))
}

console.log(
  "This builds the package, compiles the examples and runs them: about 3 minutes on 2 cores without a GPU, and longer with --full.",
)
const built = changed(`${root}dist/src/index.js`)
if (["src", "transformer", "tools", "package.json"].some((path) => changed(root + path) > built)) run("npm", "run", "--silent", "build")
run("tspc", "-p", "examples")
for (const name of chosen.length > 0 ? chosen : names) {
  console.log(`\n═══ ${name} ═══\n`)
  run("node", `examples/out/${name}/main.js`, ...options)
}
