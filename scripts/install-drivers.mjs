// `npm run drivers`: installs what the tests of the GPU run on: two software Vulkan drivers, SwiftShader (of Debian's chromium-common) and Mesa's lavapipe,
// and a browser, Chromium. Does so on Debian as root; elsewhere it says what is missing, and fails.
//
// Debian 12's own lavapipe (22.3) lacks what WebGPU needs, so bookworm takes it from its backports.
import { spawnSync } from "node:child_process"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { missing } from "./drivers.mjs"

const sources = "/etc/apt/sources.list.d/debian.sources"

function apt(...args) {
  const { status } = spawnSync("apt-get", ["-q", "-y", ...args], {
    stdio: "inherit",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  })
  return status === 0
}

/** Name of the suite that new drivers come from, made known to apt, or undefined where the release's own are new enough. */
function backports() {
  const release = /VERSION_CODENAME=(\w+)/.exec(readFileSync("/etc/os-release", "utf8"))?.[1]
  if (release !== "bookworm") return undefined
  const suite = "bookworm-backports"
  const file = `/etc/apt/sources.list.d/${suite}.sources`
  if (!existsSync(file) && existsSync(sources)) {
    const [stanza] = readFileSync(sources, "utf8").split(/\n\s*\n/)
    writeFileSync(file, `${stanza.replace(/^Suites:.*$/m, `Suites: ${suite}`).trim()}\n`)
  }
  return suite
}

function install() {
  const suite = backports()
  if (!apt("update")) return
  for (const driver of missing()) {
    const from = driver.name === "lavapipe" && suite ? ["-t", suite] : []
    apt("install", "--no-install-recommends", ...from, driver.package)
  }
}

const debian = existsSync("/etc/debian_version") && existsSync("/usr/bin/apt-get")
if (missing().length > 0 && debian && process.getuid?.() === 0) install()

for (const { name, file, package: from } of missing()) {
  console.error(`${name} is missing: ${file} is not there. On Debian, run this script as root, or install the package ${from}`)
}
process.exitCode = missing().length === 0 ? 0 : 1
