// Reductions that share a maximum, and products, on SwiftShader.
import { weighted } from "./webgpu-weighted.ts"

weighted("SwiftShader")
