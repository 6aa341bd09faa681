// The sentences of the runtime: about inputs, devices and artifacts. Functions alone: what they speak of is known at run time only.

interface Named {
  readonly name: string
  readonly category: string
  readonly dim: number
}

const declared = (variable: Named) => `${variable.category}(${variable.dim})`
const numbers = (count: number) => (count === 1 ? "1 number" : `${count} numbers`)

export const inputLength = (variable: Named, got: number) =>
  `${variable.name}: expected a multiple of ${variable.dim} numbers (${declared(variable)}), got ${got}`

export const parameterLength = (variable: Named, got: number) =>
  `${variable.name}: expected ${numbers(variable.dim)} (${declared(variable)}), got ${got}`

export const inputRow = (variable: Named, row: number, got: string) =>
  `${variable.name}: expected rows of ${numbers(variable.dim)} (${declared(variable)}), but row ${row} is ${got}`

export const inputMatrix = (variable: Named, got: number) =>
  `${variable.name}: expected rows of ${numbers(variable.dim)} (${declared(variable)}), got a matrix with rows of ${got}`

export const inputIndices = (variable: Named) =>
  `${variable.name}: expected numbers (${declared(variable)}), got a matrix of indices; convert them with Float32Array.from(matrix.data)`

export const inputKind = (variable: Named, got: string) =>
  `${variable.name}: expected a Float32Array, a Float64Array, an array of numbers or of rows, or a Matrix (${declared(variable)}), got ${got}`

export const inputElement = (variable: Named, index: number, got: string) =>
  `${variable.name}: expected numbers (${declared(variable)}), but element ${index} is ${got}`

export const inputRows = (first: Named, firstRows: number, second: Named, secondRows: number) =>
  `${second.name} has ${secondRows} rows (${declared(second)}), but ${first.name} has ${firstRows} (${declared(first)}); all ${first.category} variables must have the same number of rows`

export const inputCount = (expected: readonly string[], got: number) =>
  `expected ${expected.length} input${expected.length === 1 ? "" : "s"} (${expected.join(", ")}), got ${got}`

export const artifactVersion = (formula: string, got: unknown, expected: number) =>
  `\`${formula}\` was compiled by another version of tskeops (artifact format ${String(got)}, not ${expected}); build the application again`

export const matrixOnDevice = () => "this matrix lives on the device; read it with `await matrix.toHost()` first"
export const matrixFreed = () => "this matrix was freed; keep a copy with `await matrix.toHost()` first"

export const noWebgpu = (reason: string) =>
  `no WebGPU adapter: ${reason}. Install the package \`webgpu\` and a GPU driver in Node, use a browser with WebGPU over https, or leave out \`backend\` to run on the CPU`
export const noWebgpuPackage = () => "there is no `navigator.gpu` here, and the package `webgpu` cannot be loaded"
export const noAdapter = () => "WebGPU is there, but offers no adapter"
export const unknownBackend = (got: unknown) => `backend: expected "auto", "webgpu" or "wasm", got ${JSON.stringify(got)}`
export const outputNeedsWebgpu = () =>
  '`output: "device"` needs the webgpu backend, but the CPU was chosen; set `backend: "webgpu"` or leave `output` out'

export const reasonAsked = (backend: string) => `\`backend: "${backend}"\` asks for it`
export const reasonDevice = () => "a device or a matrix on a device was passed"
export const reasonHardware = (adapter: string) => `there is a hardware adapter (${adapter})`
export const reasonSoftware = (adapter: string) => `the only WebGPU adapter runs on the CPU (${adapter})`

export const outOfMemory = (formula: string, bytes: number) =>
  `\`${formula}\`: there are no ${Math.ceil(bytes / 1048576)} MiB left on the device; free matrices there, or run it on fewer rows at a time`
export const deviceFailed = (formula: string, detail: string) => `\`${formula}\`: the device reported an error: ${detail}`
export const deviceLost = (formula: string, detail: string) =>
  `\`${formula}\`: the device was lost twice (${detail}); run it on fewer rows at a time, or with \`backend: "wasm"\``
export const userDeviceLost = (formula: string, detail: string) =>
  `\`${formula}\`: the device that was passed is lost (${detail}); pass a new one`
export const kernelRefused = (formula: string, detail: string) => `\`${formula}\`: the device refused the kernel: ${detail}`
export const rowTooLarge = (formula: string, bytes: number, limit: number) =>
  `\`${formula}\`: one row takes ${bytes} bytes, more than the ${limit} bytes that the device binds at once`
export const memoryExhausted = (formula: string, bytes: number) =>
  `\`${formula}\`: there are no ${Math.ceil(bytes / 1048576)} MiB left; run it on fewer rows at a time`
export const wasmForbidden = (detail: string) =>
  `WebAssembly is not allowed here: add 'wasm-unsafe-eval' to script-src in the page's Content-Security-Policy, or use \`backend: "webgpu"\` (${detail})`
