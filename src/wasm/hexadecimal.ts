// Bytes as hexadecimal text; src/artifact/wasm-abi.ts reads it. PERF: a module may have millions of bytes, so no string is made for each.

const DIGITS = "0123456789abcdef"
/** As many characters as a call may have arguments on every engine. */
const PART = 8192

export function toHexadecimal(bytes: Uint8Array): string {
  const codes = new Uint8Array(2 * bytes.length)
  bytes.forEach((byte, at) => {
    codes[2 * at] = DIGITS.charCodeAt(byte >> 4)
    codes[2 * at + 1] = DIGITS.charCodeAt(byte & 15)
  })
  let text = ""
  for (let at = 0; at < codes.length; at += PART) text += String.fromCharCode(...codes.subarray(at, at + PART))
  return text
}
