// Random formulas on lavapipe, which compiles kernels slowly.
import { onDriver } from "./on-driver.ts"

onDriver("lavapipe", 8, 24)
