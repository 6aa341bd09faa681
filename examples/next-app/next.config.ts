import type { NextConfig } from "next"
import { withTskeops } from "tskeops/next"

const config: NextConfig = { reactStrictMode: true }

export default withTskeops(config)
