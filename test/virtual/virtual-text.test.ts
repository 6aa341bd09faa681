// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are what the test is about
// Virtual texts: every position is that of the written text, and TypeScript reads in them what was meant.
import ts from "typescript"
import { describe, expect, test } from "vitest"
import { virtualText } from "../../tools/virtual/virtual-text.ts"
import { isVirtualName } from "../../transformer/formula-call.ts"

const of = (text: string, name = "a.ts") =>
  virtualText(
    { ts, resolve: () => undefined, fileOf: () => undefined },
    ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, name.endsWith("x") ? ts.ScriptKind.TSX : undefined),
  )
const head = 'import { keops, keops as k } from "tskeops"\nimport * as ns from "tskeops"\n'
/** The virtual text of what follows the imports, with readable names. */
const shown = (text: string) => {
  const virtual = of(head + text)
  if (virtual === undefined) return text
  const body = virtual.text.slice(head.length, head.length + text.length)
  return [...body].map((letter) => (isVirtualName(letter) ? "@" : letter)).join("")
}

describe("the virtual text", () => {
  test.each([
    ["keops`Exp($<x>)`", "@0000`Exp(${x})`"],
    ["keops`$<x>$<y>`", "@0000`${x}${y}`"],
    ["keops`a ${x} b $< y > c`", "@0000`a ${x} b ${ y } c`"],
    ["keops`$<this.x> + $<a?.b[0]>`", "@0000`${this.x} + ${a?.b[0]}`"],
    ["keops`\\$<x>`", "@0000` ${x}`"],
    ["keops`\\u0041 $<x> \\u{1f600} $<y>`", "@0000`\\u0041 ${x} \\u{1f600} ${y}`"],
    ["keops`a\r\n$<x>\r\n$<y>`", "@0000`a\r\n${x}\r\n${y}`"],
    ["keops`$<x:Vi(3)> - $<x>`", "@0000`$<x:Vi(3)> - $<x>`"],
    ["k`$<x>`", "@`${x}`"],
    ["ns.keops`$<x>`", "@0      `${x}`"],
    ["ns\n  .keops /* why */`$<x>`", "@0\n         /* why */`${x}`"],
    ["(keops)`$<x>`", "@      `${x}`"],
    ["keops`${keops`$<x>`} + $<y>`", "@0000`${@0000`${x}`} + ${y}`"],
    ["f(keops => keops`$<x>`)", "f(keops => keops`$<x>`)"],
    ["// keops`$<x>`", "// keops`$<x>`"],
    ["'keops`$<x>`'", "'keops`$<x>`'"],
    ["other`$<x>`", "other`$<x>`"],
    ["keops`\\u$<x>`", "keops`\\u$<x>`"],
  ])("of %j", (text, expected) => {
    expect(shown(text)).toBe(expected)
  })

  test("declares each tag behind the end, with its pieces, even if the last line is a comment", () => {
    const { text } = of(`${head}keops\`"\\n$<x>\`; ns.keops\`*/\` // end`)!
    const tail = text.slice(text.indexOf("// end") + "// end".length)
    expect(tail.replaceAll(/[\ua000-\ua48c]/g, "@")).toBe(
      '\ndeclare const @0000: ReturnType<typeof keops.tagOf<readonly ["\\"\\n", ""]>>;\n' +
        'declare const @0: ReturnType<typeof ns.keops.tagOf<readonly ["*/"]>>;\n',
    )
  })

  test("is JavaScript where the file is, and no text ends its comments", () => {
    const { text } = of(`${head}keops\`a */ b\``, "a.mjs")!
    expect(text.split("\n").at(-2)).toContain("var")
    expect(ts.createSourceFile("a.mjs", text, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS)).toHaveProperty("parseDiagnostics", [])
  })

  test("has fresh names, as many as tags, of one letter where there is no room for more", () => {
    const { tags } = of(head + "k`$<x>`;".repeat(1000))!
    expect(new Set(tags.map(({ name }) => name)).size).toBe(1000)
    expect(tags.every(({ name }) => name.length === 1)).toBe(true)
  })

  test("keeps the lengths of all lines", () => {
    const text = `${head}const a = keops\`\n  $<x> +\r\n  \${ y }\`\n  .sum()\n@dec class A { m() { return <b>{keops\`$<this.z>\`}</b> } }\n`
    const virtual = of(text, "a.tsx")!
    const lengths = (one: string) => one.split(/\r?\n/).map(({ length }) => length)
    expect(lengths(virtual.text).slice(0, lengths(text).length)).toEqual(lengths(text))
  })
})
