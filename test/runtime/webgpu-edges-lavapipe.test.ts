// Edge values on lavapipe.
import { edgeSuite } from "./webgpu-edges.ts"

edgeSuite("lavapipe")
