// The software Vulkan drivers and the browser that the tests of the GPU run on: where they are (drivers.json, which the tests read too), and
// which are missing.
import { existsSync, readFileSync } from "node:fs"

export const drivers = JSON.parse(readFileSync(new URL("drivers.json", import.meta.url), "utf8"))

export const missing = () => drivers.filter(({ file }) => !existsSync(file))

/** The environment in which a Vulkan driver is the only one. */
export const onlyDriver = ({ file }) => ({ VK_ICD_FILENAMES: file, XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? "/tmp" })
