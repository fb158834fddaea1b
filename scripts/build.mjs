// npm run build [-- --native | --ts] [--check]
//
// Builds the addon, the test addon, dist/ and index.d.ts; with --native or --ts only that half. With --check, what is
// both derived and committed is compared instead of written, and a difference fails the build.
import { parseArgs } from 'node:util'
import { buildAddon, buildTestkit } from './build/native.mjs'
import { buildPublicDeclaration } from './build/public-declaration.mjs'
import { buildTypeScript } from './build/typescript.mjs'

const { values } = parseArgs({
  options: {
    native: { type: 'boolean', default: false },
    ts: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})
const everything = !values.native && !values.ts

try {
  const typescript = values.ts || everything
  if (typescript) await buildTypeScript()
  if (values.native || everything) {
    buildAddon()
    buildTestkit()
  }
  // Last, so that a committed declaration that is out of date leaves a complete build behind.
  if (typescript) buildPublicDeclaration({ check: values.check })
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
