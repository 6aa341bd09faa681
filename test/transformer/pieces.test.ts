// The position in the source of a character of a literal's value, after any escapes.
import fc from "fast-check"
import { expect, test } from "vitest"
import { position } from "../../transformer/tags/template-pieces.ts"

/** How a source may write a stretch of a template: its text, and its value. */
const units = [
  ["a", "a"],
  ["$", "$"],
  [" ", " "],
  ["\n", "\n"],
  ["\r\n", "\n"],
  ["\\n", "\n"],
  ["\\`", "`"],
  ["\\\\", "\\"],
  ["\\x41", "A"],
  ["\\u0042", "B"],
  ["\\u{43}", "C"],
  ["\\u{1f600}", "\u{1f600}"],
  ["\u{1f600}", "\u{1f600}"],
  ["\\\n", ""],
  ["\\\r\n", ""],
] as const

test("template pieces map every character to its position, after any escapes", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...units)), (literal) => {
      const source = `before\`${literal.map(([raw]) => raw).join("")}X\``
      // The table is right: JavaScript itself reads the same.
      const value = literal.map(([, cooked]) => cooked).join("")
      expect(new Function(`return ${source.slice("before".length)}`)()).toBe(`${value}X`)
      expect(source[position(source, "before`".length, value.length)]).toMatch(/[X\\]/)
      let raw = "before`".length
      let cooked = 0
      for (const [text, meaning] of literal) {
        const found = position(source, "before`".length, cooked)
        // Lines that are joined stand for nothing: the place may be before or after them.
        expect(source.slice(found, raw)).toMatch(/^(\\\r?\n)*$/)
        raw += text.length
        cooked += meaning.length
      }
    }),
  )
})
