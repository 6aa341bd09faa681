// What other languages write where ours has another word: what to write here. Data only; a row's text ends a sentence about what is unexpected.

const power = "write `x ** 2` for a power"
const components = "write `*` and `/`, which act on each component"
const not = "write `1 - a` for the opposite of a comparison"
const both = "write `a * b` if both comparisons must hold"
const either = "write `MaxOf(a, b)` if one of two comparisons must hold"
const minus = "write the minus sign `-`"
const product = "write `*` for a product"
// biome-ignore lint/suspicious/noTemplateCurlyInString: a sentence
const variable = "write `$<x>` or `${x}` in `keops`, elsewhere the name alone"
const parentheses = "write parentheses"
const quotes = "write names without quotes"
const branch = "write `IfElse(y - x, a, b)`, which is a if x <= y, else b"

/** After an operand: by what stands there, two characters, a word or one character. */
export const foreignOperators = {
  "^": power,
  "²": power,
  "³": power,
  "@": "write `x | y` for a scalar product, `MatVecMult(A, x)` for a matrix times a vector",
  "&": both,
  and: both,
  or: either,
  "?": branch,
  if: branch,
  "%": "write `Mod(x, n, 0)` for the rest of a division",
  mod: "write `Mod(x, n, 0)` for the rest of a division",
  "=": "write `==` to compare",
  "!": not,
  "[": "write `Elem(x, 0)` for one component, `Extract(x, 0, 2)` for two",
  ".*": components,
  "./": components,
  ".^": power,
  ".": "operations are called by name; write `Scalprod(x, y)` or `Sum(x)`",
  "'": "write `x | y` for a scalar product, `VecMatMult(x, A)` for a vector times a matrix",
  ":": "declare a variable in a text as `$<x:Vi(3)>`",
  ";": "leave it out: a formula is one expression",
  $: variable,
  "{": parentheses,
  "·": product,
  "×": product,
  "÷": "write `/` for a quotient",
  "−": minus,
  "–": minus,
  "≤": "write `<=`",
  "≥": "write `>=`",
  "≠": "write `!=`",
  ",": "write `Concat(x, y)` for a longer vector, and numbers with a point, like 0.5",
  ")": "leave it out, or open it with `(`",
} as const satisfies Readonly<Record<string, string>>

/** In the place of an operand: by the operator before it and what stands there, or by that alone. */
export const foreignOperands = {
  "//": "write `Floor(x / y)` for a whole quotient",
  "||": either,
  "===": "write `==` to compare",
  "!==": "write `!=` to compare",
  "<>": "write `!=` to compare",
  "|": "write `Abs(x)` for each component, `Norm2(x)` for a length",
  "!": not,
  "~": not,
  $: variable,
  "[": "write `Concat(x, y)` to put a vector together",
  "{": parentheses,
  ".": "write a digit before the point, like 0.5",
  '"': quotes,
  "'": quotes,
  "\\": "operations are called by name, like `Exp(x)`",
  "√": "write `Sqrt(x)`",
  π: "write its digits, like 3.1415927",
  "−": minus,
  "–": minus,
} as const satisfies Readonly<Record<string, string>>

/** Names that other libraries give to operations, in small letters, and ours. */
export const foreignNames = {
  dot: "Scalprod",
  inner: "Scalprod",
  norm: "Norm2",
  length: "Norm2",
  ln: "Log",
  matmul: "MatVecMult",
  outer: "TensorProd",
  cat: "Concat",
  stack: "Concat",
  slice: "Extract",
  where: "IfElse",
  select: "IfElse",
  maximum: "MaxOf",
  minimum: "MinOf",
  distance: "SqDist",
  cdist: "SqDist",
  sq: "Square",
} as const satisfies Readonly<Record<string, string>>
