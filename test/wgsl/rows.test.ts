// Every row of the table is valid WGSL according to Tint, unrolled (dimension 3) and in loops (dimension 20).
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { create } from "webgpu"
import { setting } from "../support/rows.ts"
import { build } from "../support/run.ts"
import { derivedSamples, samples } from "../support/samples.ts"

const gpu = create(["backend=null"])
let device: GPUDevice
beforeAll(async () => {
  device = await (await gpu.requestAdapter())!.requestDevice()
})
afterAll(() => device.destroy())

describe.each([3, 20])("rows of the table are valid WGSL in dimension %i", (dim) => {
  const { aliases } = setting(dim)
  test.each([...samples(dim), ...(dim === 3 ? Object.entries(derivedSamples) : [])])("%s", async (_name, texts) => {
    for (const text of texts) {
      device.pushErrorScope("validation")
      device.createShaderModule({ code: build(text, aliases, "Sum").wgsl.code })
      const error = await device.popErrorScope()
      expect(error?.message, text).toBeUndefined()
    }
  })
})
