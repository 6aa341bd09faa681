// WGSL is emitted without indentation, and published with short names besides; people read it with long names and indented.

export function indent(code: string): string {
  let depth = 0
  return code
    .split("\n")
    .map((line) => {
      const text = line.trim()
      const here = depth - (/^[}\])]/.test(text) ? 1 : 0)
      depth += count(text, /[{[(]/g) - count(text, /[}\])]/g)
      return text === "" ? "" : "  ".repeat(Math.max(0, here)) + text
    })
    .join("\n")
}

const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0
