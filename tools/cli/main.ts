#!/usr/bin/env node
// The command `tskeops`.
console.log("x", import.meta.url)
