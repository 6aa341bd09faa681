// Every row of the table on lavapipe.
import { rowSuite } from "./webgpu-rows.ts"

rowSuite("lavapipe")
