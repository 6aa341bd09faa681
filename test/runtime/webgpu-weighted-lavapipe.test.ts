// Reductions that share a maximum, and products, on lavapipe.
import { weighted } from "./webgpu-weighted.ts"

weighted("lavapipe")
