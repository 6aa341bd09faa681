// The webgpu executor on lavapipe.
import { suite } from "./webgpu-suite.ts"

suite("lavapipe")
