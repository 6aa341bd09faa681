// Validation of shaders while building: a child process gives them to the compiler of the `webgpu` package (its null backend needs no driver).
// A child, because that compiler answers only asynchronously, and a compiler's diagnostics are wanted at once.
import { execFileSync } from "node:child_process"
import { createRequire } from "node:module"
import { resolve } from "node:path"

interface Work {
  /** The folder from which the package is looked up: the user's project. */
  readonly folder: string
  readonly shaders: readonly string[]
}
type Answer = { readonly missing: string } | { readonly refusals: readonly (string | null)[] }

/** What is wrong with a shader, or null: watch mode asks for the same again. */
const verdicts = new Map<string, string | null>()

/** Gives for each shader what is wrong with it, or null; or why there is no validator. */
export function validate(program: string, folder: string, shaders: readonly string[]): Answer {
  const fresh = [...new Set(shaders)].filter((shader) => !verdicts.has(shader))
  if (fresh.length > 0) {
    const work: Work = { folder, shaders: fresh }
    const output = execFileSync(process.execPath, [program], { input: JSON.stringify(work), encoding: "utf8", maxBuffer: 1 << 28 })
    const answer = JSON.parse(output) as Answer
    if ("missing" in answer) return answer
    fresh.forEach((shader, index) => {
      verdicts.set(shader, answer.refusals[index] ?? null)
    })
  }
  return { refusals: shaders.map((shader) => verdicts.get(shader) ?? null) }
}

/** The child's part: work on standard input, answer on standard output. */
export async function answerWork(): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  const work = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Work
  const answer = await refusals(work)
  // The native library keeps the process alive.
  process.stdout.write(JSON.stringify(answer), () => process.exit(0))
}

interface Gpu {
  requestAdapter(): Promise<{ requestDevice(): Promise<Device> } | null>
}
interface Device {
  createShaderModule(descriptor: { code: string }): {
    getCompilationInfo(): Promise<{ messages: Iterable<{ type: string; message: string; lineNum: number; linePos: number }> }>
  }
  pushErrorScope(filter: "validation"): void
  popErrorScope(): Promise<unknown>
}

/** What `create` gives crashes the process when it is collected while a device lives, so it is held here, and the adapter too. */
const held: unknown[] = []

async function refusals({ folder, shaders }: Work): Promise<Answer> {
  let device: Device
  try {
    const path = createRequire(resolve(folder, "package.json")).resolve("webgpu")
    const { create } = (await import(path)) as { create(options: readonly string[]): Gpu }
    const gpu = create(["backend=null"])
    const adapter = await gpu.requestAdapter()
    if (adapter === null) return { missing: "it has no null backend" }
    device = await adapter.requestDevice()
    held.push(gpu, adapter, device)
  } catch (error) {
    return { missing: error instanceof Error ? error.message.split("\n")[0]! : String(error) }
  }
  const found: (string | null)[] = []
  for (const code of shaders) {
    device.pushErrorScope("validation")
    const { messages } = await device.createShaderModule({ code }).getCompilationInfo()
    await device.popErrorScope()
    const errors = [...messages].filter(({ type }) => type === "error")
    found.push(errors.length === 0 ? null : errors.map(({ message, lineNum, linePos }) => `${message} (${lineNum}:${linePos})`).join("; "))
  }
  return { refusals: found }
}
