// Bytes as hexadecimal text and back. PERF: a module may have millions of bytes, so no string and no list is made for each of them.

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

export function fromHexadecimal(text: string): Uint8Array<ArrayBuffer> {
  const digit = (at: number) => {
    const code = text.charCodeAt(at)
    return code < 58 ? code - 48 : code - 87
  }
  return new Uint8Array(text.length / 2).map((_, at) => digit(2 * at) * 16 + digit(2 * at + 1))
}
