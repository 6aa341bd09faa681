// The text form of a WebAssembly module.
import { BinaryReader, WasmDisassembler } from "wasmparser"

export function wasmText(hexadecimal: string): string {
  const bytes = Uint8Array.from(Buffer.from(hexadecimal, "hex"))
  const reader = new BinaryReader()
  reader.setData(bytes.buffer, 0, bytes.length)
  return new WasmDisassembler().disassemble(reader)
}
