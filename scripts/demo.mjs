// npm run demo [-- folder]
//
// Sets up what is missing, then runs examples/demo on the folder (default: the node_modules just installed), serves the packages
// of the lockfile from a database, and wraps a crate.
import { at, run } from './project.mjs'
import { setUp } from './setup.mjs'

try {
  setUp()
  run(process.execPath, [at('scripts', 'build.mjs'), '--ts', '--addon'])
  console.log()
  // From the folder the user is in, so that a relative path means what it says.
  const folder = process.argv[2] ?? at('node_modules')
  run(process.execPath, [at('examples', 'demo', 'index.mjs'), folder], { cwd: process.env.INIT_CWD ?? process.cwd() })
  console.log()
  run(process.execPath, [at('examples', 'demo', 'service.mjs'), at('package-lock.json')])
  console.log()
  run(process.execPath, [at('examples', 'demo', 'wrap.mjs'), at('target', 'demo')])
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
