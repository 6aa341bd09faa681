// Digits drawn with text: two rows of pixels a line, by half blocks.
import { pixels, side } from "./digits.ts"

/** Lines of text, as wide as the picture's side. Without borders that hold no ink. */
export function picture(images: Float32Array, index: number): string[] {
  const ink = (row: number, column: number) => images[index * pixels + row * side + column]! > 0.4
  return Array.from({ length: side / 2 }, (_, line) =>
    Array.from({ length: side }, (_, column) => {
      const [top, bottom] = [ink(2 * line, column), ink(2 * line + 1, column)]
      return top ? (bottom ? "█" : "▀") : bottom ? "▄" : " "
    }).join(""),
  )
}

/** Pictures side by side, each under its caption. */
export function beside(pictures: readonly { readonly caption: string; readonly lines: readonly string[] }[]): string {
  const captions = pictures.map(({ caption }) => caption.slice(0, side).padEnd(side)).join("  ")
  const lines = pictures[0]!.lines.map((_, at) => pictures.map(({ lines }) => lines[at]!).join("  "))
  return [captions, ...lines.filter((line) => line.trim() !== "")].map((line) => line.trimEnd()).join("\n")
}
