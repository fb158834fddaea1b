// What both commands of the README need on a fresh machine: the right Node, a Rust compiler, and node_modules as
// the lockfile says. Node's built-ins only, because it runs before anything is installed.
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { CommandFailed, at, npm, read, readJson, root, run } from './project.mjs'

/** Checks the machine and installs what the lockfile names, if it is not there. Throws `CommandFailed` with what to do. */
export function setUp() {
  requireNode()
  requireRust()
  install(root)
}

/** Installs the Node versions of the smoke tests. They are binaries of one platform; elsewhere those tests have none. */
export function setUpNodeVersions() {
  if (process.platform === 'linux' && process.arch === 'x64') install(at('__test__', 'node-versions'))
}

/** `npm ci` in a folder, unless its node_modules is already what its lockfile says. */
function install(folder) {
  if (isInstalled(folder)) return
  console.log(`installing ${relative(root, join(folder, 'node_modules'))} from its lockfile`)
  run(...npm('ci', '--loglevel=error', '--no-audit', '--no-fund'), { cwd: folder })
}

function requireNode() {
  const oldest = readJson(at('package.json')).engines.node.replace('>=', '')
  const [major, minor] = oldest.split('.').map(Number)
  const [runningMajor, runningMinor] = process.versions.node.split('.').map(Number)
  if (runningMajor > major || (runningMajor === major && runningMinor >= minor)) return
  throw new CommandFailed(`Node ${oldest} or newer is needed; this is ${process.version}`)
}

function requireRust() {
  try {
    read('cargo', ['--version'])
  } catch {
    throw new CommandFailed('cargo was not found: install Rust (https://rustup.rs) and open a new terminal')
  }
}

/**
 * Whether node_modules holds what package-lock.json says. npm leaves a lockfile of what it really installed beside it;
 * optional packages for other platforms are missing there, and nothing else may be.
 */
function isInstalled(folder) {
  const path = join(folder, 'node_modules', '.package-lock.json')
  if (!existsSync(path)) return false
  const wanted = readJson(join(folder, 'package-lock.json')).packages
  const installed = readJson(path).packages
  return Object.entries(wanted).every(([place, { version, optional, devOptional }]) => {
    if (place === '') return true
    const there = installed[place]
    return there === undefined ? Boolean(optional || devOptional) : there.version === version
  })
}
