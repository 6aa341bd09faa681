// The sentences of the runtime: about inputs, devices and artifacts. Functions alone: what they speak of is known at run time only.

interface Named {
  readonly name: string
  readonly category: string
  readonly dim: number
}

const numbers = (count: number) => (count === 1 ? "1 number" : `${count} numbers`)

const expected = ({ name, category, dim }: Named, what: string, but: string) => `${name}: expected ${what} (${category}(${dim})), ${but}`
const rowsOf = ({ dim }: Named) => `rows of ${numbers(dim)}`

export const inputLength = (variable: Named, got: number) =>
  expected(variable, `${variable.category === "Pm" ? "" : "a multiple of "}${numbers(variable.dim)}`, `got ${got}`)
export const inputRow = (variable: Named, row: number, got: string) => expected(variable, rowsOf(variable), `but row ${row} is ${got}`)
export const inputMatrix = (variable: Named, got: number) => expected(variable, rowsOf(variable), `got a matrix with rows of ${got}`)
export const inputIndices = (variable: Named) => expected(variable, "numbers", "got indices; pass Float32Array.from(matrix.data)")
export const inputKind = (variable: Named, got: string) => expected(variable, "numbers, rows, a typed array or a Matrix", `got ${got}`)
export const inputDetached = (variable: Named) => expected(variable, "numbers", "but its buffer was detached or shrank; pass a copy")
export const inputElement = (variable: Named, index: number, got: string) => expected(variable, "numbers", `but element ${index} is ${got}`)

export const inputRows = (first: Named, firstRows: number, second: Named, secondRows: number) =>
  `${second.name} has ${secondRows} rows, but ${first.name} has ${firstRows}; all ${first.category} variables must have as many rows`

export const inputCount = (expected: readonly string[], got: number) => `expected inputs (${expected.join(", ")}), got ${got}`

export const artifactDamaged = (formula: string) => `\`${formula}\` is damaged; build again`
export const otherVersion = (formula: string, isNewer: boolean) =>
  `\`${formula}\` was built by ${isNewer ? "a newer tskeops; update what runs" : "an older tskeops; update what builds"} it`
export const builtWithout = (formula: string, backend: string) => `\`${formula}\` was built without ${backend}; add it to \`targets\``

export const matrixLost = (detail: string) => `this matrix was lost (${detail}); run its reduction again`
export const matrixOnDevice = () => "this matrix is on the device; read it with `await matrix.toHost()` first"
export const matrixFreed = () => "this matrix was freed; read it with `await matrix.toHost()` first"

export const noWebgpu = (reason: string) =>
  `no WebGPU adapter: ${reason}. Node needs \`webgpu\` and a GPU driver, browsers https; or leave out \`backend\` and \`output\``
export const noWebgpuPackage = () => "no `navigator.gpu`, and `webgpu` does not load"
export const noAdapter = () => "WebGPU found none"
export const optionKind = (name: string, expected: string, got: string) => `${name}: expected ${expected}, got ${got}`
export const noOption = (name: string, known: string) => `there is no option "${name}", only ${known}`
export const outputNeedsWebgpu = () => '`output: "device"` needs a GPU: set `backend: "webgpu"`'

export const reasonAsked = (backend: string) => `\`backend: "${backend}"\` asks for it`
export const reasonDevice = () => "a device or a matrix on one was passed"
export const reasonHardware = (adapter: string) => `there is a hardware adapter (${adapter})`
export const reasonSoftware = (adapter: string) => `the only adapter runs on the CPU (${adapter})`

/** `what`: a formula or a variable; `of`: of what, or where, after a space. */
export const noMemory = (what: string, bytes: number, of: string) =>
  `${what}: out of memory (${Math.ceil(bytes / 1048576)} MiB${of}); run it on fewer rows`
export const onDevice = " on the device"
export const ofRows = (rows: number, width: number, k: number) => ` for ${rows} rows of ${numbers(width)}${k ? ` (K = ${k})` : ""}`
export const deviceFailed = (formula: string, detail: string) => `\`${formula}\`: the device reports: ${detail}`
export const deviceLost = (formula: string, detail: string) =>
  `\`${formula}\`: the device was lost twice (${detail}); run it on fewer rows, or with \`backend: "wasm"\``
export const userDeviceLost = (formula: string, detail: string) => `\`${formula}\`: the passed device is lost (${detail}); pass another`
export const kernelRefused = (formula: string, detail: string) => `\`${formula}\`: the device refused the kernel: ${detail}`
export const rowTooLarge = (formula: string, limit: number) =>
  `\`${formula}\`: one row exceeds the device's ${limit} bytes; run it with \`backend: "wasm"\``
export const wasmForbidden = (detail: string) =>
  `WebAssembly needs 'wasm-unsafe-eval' in the Content-Security-Policy, or use \`backend: "webgpu"\` (${detail})`
