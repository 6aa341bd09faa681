// Tests that need a separate process: that it ends by itself after work on a GPU, and the error if there is no adapter.
import { execFile } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { type BuildOptions, build as bundle } from "esbuild"
import { beforeAll, describe, expect, test } from "vitest"
import { drivers } from "../support/drivers.ts"
import { build } from "../support/run.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const script = `${root}out/test-process/job.mjs`
const artifact = build("Exp(-SqDist(x, y))", ["x = Vi(3)", "y = Vj(3)"], "Sum")
const job = `
import { execute } from "${root}src/runtime/execute.ts"
import { backendInfo, dispose } from "${root}src/runtime/backends.ts"
const artifact = ${JSON.stringify(artifact)}
const x = [0, 0, 0, 1, 1, 1]
const run = async (backend) => console.log(backend, (await execute(artifact, [x, x], { backend })).data[0].toFixed(4))
switch (process.argv[2]) {
  case "webgpu": await run("webgpu"); break
  case "dispose": await run("webgpu"); await dispose(); await run("webgpu"); await dispose(); break
  case "auto": await run("auto"); console.log((await backendInfo()).reason); break
}
`

/** The output of the process; rejects if it fails, or has not ended after a minute. */
async function run(what: string, env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, what], { env: { ...process.env, ...env }, timeout: 60_000 })
  return stdout.trim()
}

beforeAll(async () => {
  mkdirSync(`${root}out/test-process`, { recursive: true })
  writeFileSync(`${root}out/test-process/entry.mjs`, job)
  const settings: BuildOptions = { bundle: true, platform: "node", format: "esm", external: ["webgpu"] }
  await bundle({ entryPoints: [`${root}out/test-process/entry.mjs`], outfile: script, ...settings })
})

const expected = (1 + Math.exp(-3)).toFixed(4)
const none = { VK_ICD_FILENAMES: "/dev/null" }

describe.each(drivers.filter(({ installed }) => installed))("a process on $name", ({ env }) => {
  test("ends by itself after a run", async () => {
    expect(await run("webgpu", env)).toBe(`webgpu ${expected}`)
  })
  test("ends after dispose, and can run again after it", async () => {
    expect(await run("dispose", env)).toBe(`webgpu ${expected}\nwebgpu ${expected}`)
  })
})

describe("a process without an adapter", () => {
  test('rejects backend: "webgpu" with a remedy', async () => {
    await expect(run("webgpu", none)).rejects.toThrow(/no WebGPU adapter: .*Node needs `webgpu`/)
  })
  test('uses the CPU with backend: "auto", and reports why', async () => {
    const [result, reason] = (await run("auto", none)).split("\n")
    expect(result).toBe(`auto ${expected}`)
    expect(reason).toMatch(/^no WebGPU adapter: /)
  })
})
