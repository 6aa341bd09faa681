import tskeops from "tskeops/vite"
import { defineConfig } from "vite"

export default defineConfig({
  plugins: [tskeops()],
})
