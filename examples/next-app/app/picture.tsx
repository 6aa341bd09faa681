"use client"
// A client component: the same formula runs in the browser, once for each pixel.
import { useEffect, useRef, useState } from "react"
import { backendInfo, type RunOptions } from "tskeops"
import { charges, places } from "../lib/charges"
import { field } from "../lib/formulas"
import { draw, pixels, side } from "../lib/picture"

export function Picture() {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [done, setDone] = useState("")
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    compute(signal).then(
      ({ values, text }) => {
        if (canvas.current) draw(canvas.current, values)
        setDone(text)
      },
      (error) => signal.aborted || setDone(String(error)),
    )
    return () => controller.abort()
  }, [])
  return (
    <>
      <canvas ref={canvas} width={side} height={side} />
      <p>
        <output>{done}</output>
      </p>
    </>
  )
}

async function compute(signal: AbortSignal) {
  // `?backend=wasm` or `?backend=webgpu` in the page's address chooses; without it a GPU is used if there is one.
  const asked = new URLSearchParams(location.search).get("backend")
  const backend: RunOptions["backend"] = asked === "webgpu" || asked === "wasm" ? asked : "auto"
  const { data } = await field.with({ backend, signal })({ x: pixels, y: places, charge: charges, g: 100 })
  const used = await backendInfo({ backend })
  return { values: data, text: `${data.length} pixels on ${used.backend}` }
}
