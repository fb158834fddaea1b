// The compiler and linker that make linux-x64-gnu run on every glibc since 2.17. They come as the npm package
// `@napi-rs/cross-toolchain-…`; its archive is unpacked once under target/.
//
// `napi build --use-napi-cross` would fetch the same archive from the registry again, at build time and into the home
// folder; unpacking the installed copy keeps the build offline and inside the repository.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { at, readJson } from '../project.mjs'

const target = 'x86_64-unknown-linux-gnu'
const packageName = '@napi-rs/cross-toolchain-x64-target-x86_64'

/** The folder of the unpacked toolchain, or `undefined` where its package is not installed. */
function unpackedToolchain() {
  const folder = at('node_modules', packageName)
  if (!existsSync(folder)) return undefined
  const destination = at('target', 'cross-toolchain', readJson(join(folder, 'package.json')).version)
  if (existsSync(destination)) return destination

  const require = createRequire(at('node_modules', '@napi-rs', 'cross-toolchain', 'package.json'))
  const { Archive } = require('@napi-rs/tar')
  const { xz } = require('@napi-rs/lzma')
  console.log('unpacking the glibc 2.17 toolchain (once)')
  const unfinished = `${destination}.${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  new Archive(xz.decompressSync(readFileSync(join(folder, `${target}.tar.xz`)))).unpack(unfinished)
  try {
    renameSync(unfinished, destination)
  } catch (error) {
    // Another build got there first; its copy is the same.
    if (!existsSync(destination)) throw error
    rmSync(unfinished, { recursive: true })
  }
  return destination
}

/**
 * Environment for cargo that links `rustTarget` against glibc 2.17, or `undefined` when this machine cannot: another
 * target, another host, or the toolchain's package left out.
 */
export function glibc217Environment(rustTarget) {
  if (rustTarget !== target || process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const toolchain = unpackedToolchain()
  if (toolchain === undefined) return undefined
  const tool = (name) => join(toolchain, 'bin', `${target}-${name}`)
  const suffix = target.replaceAll('-', '_')
  return {
    [`CARGO_TARGET_${suffix.toUpperCase()}_LINKER`]: tool('gcc'),
    // For crates that compile C: objects built against the machine's own newer glibc headers would undo the linking.
    [`CC_${suffix}`]: tool('gcc'),
    [`CXX_${suffix}`]: tool('g++'),
    [`AR_${suffix}`]: tool('ar'),
    [`RANLIB_${suffix}`]: tool('ranlib'),
  }
}

/**
 * Environment for cargo calls that need no particular glibc, only some linker: empty where the machine has a C compiler,
 * else the toolchain's. So a machine with nothing but Node and Rust runs the tests, too.
 */
export function anyLinkerEnvironment() {
  const hasCompiler = spawnSync('cc', ['--version']).status === 0
  return hasCompiler ? {} : (glibc217Environment(target) ?? {})
}
