// Programs that are odd or wrong. Each compiles, or gets one sentence at the right column: never a silent build that throws later.

export interface Odd {
  readonly name: string
  /** The file's name; `a.ts` where it is left out. */
  readonly file?: string
  readonly text: string
  /** Other files. */
  readonly others?: Readonly<Record<string, string>>
  /** How many artifacts its calls get. */
  readonly artifacts: number
  /** The place and the beginning of what stops a build. */
  readonly stops: readonly string[]
}

const points = 'const x = Vi("x", 3), y = Vj("y", 3)\n'
const start = `import { keops, Pm, Vi, Vj } from "tskeops"\n${points}`

export const odd: readonly Odd[] = [
  {
    name: "line ends of Windows",
    text: `${start}export const f = keops\`\n  SqDist($<x>,\n  $<y>)\`\n  .sum()\n`.replaceAll("\n", "\r\n"),
    artifacts: 1,
    stops: [],
  },
  {
    name: "a mistake after line ends of Windows",
    text: `${start}export const f = keops\`\n  Exq($<x>)\`.sum()\n`.replaceAll("\n", "\r\n"),
    artifacts: 0,
    stops: ["4,3: unknown operation"],
  },
  { name: "escapes", text: `${start}export const f = keops\`\\u0045xp(\\x24<x>)\`.sum()\n`, artifacts: 1, stops: [] },
  {
    name: "an escape that is none",
    text: `${start}export const f = keops\`\\u(1)\`.sum()\n`,
    artifacts: 0,
    stops: ["3,18: `\\u` in this template is no escape"],
  },
  {
    name: "comments around and in the terms",
    text: `${start}export const f = /* a */ keops /* b */\`Exp(\${/* c */ x /* d */})\` /* e */ . /* f */ sum(/* g */) // h`,
    artifacts: 1,
    stops: [],
  },
  {
    name: "a comment in the formula",
    text: `${start}export const f = keops\`Exp($<x>) /* why */\`.sum()\n`,
    artifacts: 0,
    stops: ["3,35: "],
  },
  {
    name: "nested tags",
    text: `${start}export const f = keops\`Exp(-\${keops\`SqDist($<x>, \${y})\`})\`.sum()\n`,
    artifacts: 1,
    stops: [],
  },
  {
    name: "a mistake in a nested tag",
    text: `${start}export const f = keops\`Exp(-\${keops\`SqDist($<x>, $<z>)\`})\`.sum()\n`,
    artifacts: 0,
    stops: ["3,52: Cannot find name 'z'"],
  },
  {
    name: "an alias of the import",
    text: `import { keops as k, Vi } from "tskeops"\nconst x = Vi("x", 3)\nexport const f = k\`Exp($<x>)\`.sum()\n`,
    artifacts: 1,
    stops: [],
  },
  {
    name: "an alias by a variable",
    text: `${start}const k = keops\nexport const f = k\`Exp($<x>)\`.sum()\n`,
    artifacts: 0,
    stops: ["4,18: the tag `k` is another name"],
  },
  {
    name: "a namespace",
    text: `import * as ns from "tskeops"\nconst x = ns.Vi("x", 3)\nexport const f = ns\n  .keops\`Exp($<x>)\`.sum()\n`,
    artifacts: 1,
    stops: [],
  },
  {
    name: "a name exported again",
    text: `import { tag, Vi } from "./again.js"\nconst x = Vi("x", 3)\nexport const f = tag\`Exp($<x>)\`.sum()\n`,
    others: { "again.ts": 'export * from "tskeops"\nexport { keops as tag } from "tskeops"\n' },
    artifacts: 1,
    stops: [],
  },
  {
    name: "all names exported again",
    text: `import { keops, Vi } from "./again.js"\nconst x = Vi("x", 3)\nexport const f = keops\`Exp($<x>)\`.sum()\n`,
    others: { "again.ts": 'export * from "tskeops"\n' },
    artifacts: 1,
    stops: [],
  },
  {
    name: "a shadowed name",
    text: `${start}export const f = (keops: (s: TemplateStringsArray) => string) => keops\`Exp($<x>)\`\nexport const g = keops\`Exp($<x>)\`.sum()\n`,
    artifacts: 1,
    stops: [],
  },
  {
    name: "a formula of another file",
    text: 'import { f } from "./f.js"\nexport const sum = f.sum()\n',
    others: { "f.ts": `${start}export const f = keops\`SqDist($<x>, $<y>)\`\n` },
    artifacts: 1,
    stops: [],
  },
  {
    name: "generic code",
    text: `${start}export const f = <D extends number>(d: D) => keops\`Exp(\${Vi("a", d)})\`.sum()\n`,
    artifacts: 0,
    stops: ["3,72: the dimension of a"],
  },
  {
    name: "a dynamic text",
    text: `${start}export const f = (text: string) => keops(text).sum()\n`,
    artifacts: 0,
    stops: ["3,48: the text of the formula"],
  },
  {
    name: "any",
    text: `${start}declare const a: any\nexport const f = keops\`Exp($<a>)\`.sum()\n`,
    artifacts: 0,
    stops: ["4,30: `a` has the type any"],
  },
  {
    name: "one of two formulas",
    text: `${start}export const f = (b: boolean) => (b ? keops\`Exp($<x>)\` : keops\`Exp($<y>)\`).sum()\n`,
    artifacts: 0,
    stops: ["3,76: one of several formulas"],
  },
  {
    name: "a decorator and a class",
    text: `${start}const dec = (_: unknown, c: ClassDecoratorContext) => void c\n@dec\nexport class A {\n  readonly z = Vi("z", 2)\n  readonly f = keops\`Exp($<this.z>)\`.sum()\n}\n`,
    artifacts: 1,
    stops: [],
  },
  {
    name: "JSX",
    file: "a.tsx",
    text: `${start}declare namespace JSX { interface IntrinsicElements { b: object } interface Element {} }\nexport const f = <b>{keops\`Exp($<x>)\`.sum().signature}</b>\n`,
    artifacts: 1,
    stops: [],
  },
  { name: "a module for sure", file: "a.mts", text: `${start}export const f = keops\`Exp($<x>)\`.sum()\n`, artifacts: 1, stops: [] },
  {
    name: "CommonJS for sure",
    file: "a.cts",
    text: `import tskeops = require("tskeops")\nconst x = tskeops.Vi("x", 3)\nexport const f = tskeops.keops\`Exp($<x>)\`.sum()\n`,
    artifacts: 1,
    stops: [],
  },
  { name: "JavaScript", file: "a.js", text: `${start}export const f = keops\`Exp($<x>)\`.sum()\n`, artifacts: 1, stops: [] },
  {
    name: "a mistake in JavaScript",
    file: "a.js",
    text: `${start}export const f = keops\`Exq($<x>)\`.sum()\n`,
    artifacts: 0,
    stops: ["3,24: unknown operation"],
  },
  {
    name: "a syntax error elsewhere",
    text: `${start}export const f = keops\`Exp($<x>)\`.sum()\nexport const = 1\n`,
    artifacts: 1,
    stops: [],
  },
  { name: "a template that does not end", text: `${start}export const f = keops\`Exp($<x>)\n`, artifacts: 0, stops: [] },
  { name: "an empty formula", text: `${start}export const f = keops\`\`.sum()\n`, artifacts: 0, stops: ["3,24: "] },
  { name: "an unfinished reference", text: `${start}export const f = keops\`Exp($<x)\`.sum()\n`, artifacts: 0, stops: ["3,28: "] },
  {
    name: "a wrong call of a variable",
    text: `${start}const z = Vi("z")\nexport const f = keops\`Exp($<z>)\`.sum()\n`,
    artifacts: 0,
    stops: ["4,35: the dimension of z"],
  },
  {
    name: "a directive and a line for the shell",
    text: `#!/usr/bin/env node\n"use strict"\n${start}export const f = keops\`Exp($<x>)\`.sum()\n`,
    artifacts: 1,
    stops: [],
  },
  {
    name: "text of both planes",
    text: `${start}/* 𝒳😀 */ export const f = keops\`Exp($<x>)\`.sum(); const é = "😀"; export { é }\n`,
    artifacts: 1,
    stops: [],
  },
  {
    name: "a trailing comma and options",
    text: `${start}export const f = keops\`Exp($<x>)\`.sum({ over: "i" },)\n`,
    artifacts: 1,
    stops: [],
  },
]
