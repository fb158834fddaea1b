// npm run build [-- --ts | --native | --addon | --library] [--check]
//
// Builds dist/ and index.d.ts (--ts), and the addon with the test addon (--native) or without (--addon). With --check, what is
// both derived and committed is compared instead of written, and a difference fails the build. The library for C (--library) is built
// only when it is asked for.
import { parseArgs } from 'node:util'
import { buildAddon, buildLibrary, buildTestkit } from './build/native.mjs'
import { buildPublicDeclaration } from './build/public-declaration.mjs'
import { buildTypeScript } from './build/typescript.mjs'

const { values } = parseArgs({
  options: {
    addon: { type: 'boolean', default: false },
    native: { type: 'boolean', default: false },
    ts: { type: 'boolean', default: false },
    library: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
  },
})
const everything = !values.ts && !values.native && !values.addon && !values.library

try {
  const typescript = values.ts || everything
  if (typescript) await buildTypeScript()
  if (values.addon || values.native || everything) buildAddon()
  if (values.native || everything) buildTestkit()
  if (values.library) for (const path of Object.values(buildLibrary())) console.log(path)
  // Last, so that a committed declaration that is out of date leaves a complete build behind.
  if (typescript) buildPublicDeclaration({ check: values.check })
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
