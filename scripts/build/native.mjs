// Rust to `.node`: the addon into npm/<triple>/, the test addon into __test__/testkit/. And to a library for C, which stays where cargo puts it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { at, binOf, place, read, run } from '../project.mjs'
import { platformOfTarget } from '../platforms.mjs'
import { glibc217Environment } from './cross-toolchain.mjs'

/** The Rust target to build for: `FERRULE_TARGET` where a release cross-compiles, else the compiler's own host. */
export function rustTarget() {
  const chosen = process.env.FERRULE_TARGET
  if (chosen) return chosen
  const host = /^host: (.+)$/m.exec(read('rustc', ['-vV']))?.[1]
  if (host === undefined) throw new Error('`rustc -vV` names no host')
  return host
}

/** Builds the addon in release mode; cargo decides what there is to do. Returns the path of the binary. */
export function buildAddon() {
  const target = rustTarget()
  const { triple } = platformOfTarget(target)
  const binary = `ferrule.${triple}.node`
  // The tool writes in place. A running Node has the old binary mapped and would crash, so the result is built aside
  // and moved over the old one.
  const aside = at('target', 'napi')
  run(
    process.execPath,
    [
      binOf('@napi-rs/cli', 'napi'),
      'build',
      '--release',
      '--platform',
      '--no-js',
      ...['--package', 'ferrule'],
      ...['--target', target],
      ...['--target-dir', at('target')],
      ...['--output-dir', aside],
      ...(process.env.FERRULE_CROSS_COMPILE ? ['--cross-compile'] : []),
    ],
    { env: linkerEnvironment(target, binary) },
  )
  return install(join(aside, binary), at('npm', triple, binary))
}

/**
 * Builds the addon with the exports that only tests may see. Cargo alone does it: this one is never shipped, so it needs
 * no platform name. Returns the path of the binary.
 */
export function buildTestkit() {
  const target = rustTarget()
  const binary = 'ferrule-testkit.node'
  run(
    'cargo',
    ['build', '--release', '--package', 'ferrule-testkit', '--target', target, '--target-dir', at('target')],
    { env: linkerEnvironment(target, binary) },
  )
  const library = { linux: 'libferrule_testkit.so', darwin: 'libferrule_testkit.dylib', win32: 'ferrule_testkit.dll' }
  const { os } = platformOfTarget(target)
  return install(at('target', target, 'release', library[os]), at('__test__', 'testkit', binary))
}

/**
 * Builds libferrule, the engines for C, shared and static. Returns the paths of both. The header is committed:
 * `scripts/header.mjs` writes it.
 */
export function buildLibrary() {
  const target = rustTarget()
  const { os } = platformOfTarget(target)
  const [shared, archive] = {
    linux: ['libferrule.so', 'libferrule.a'],
    darwin: ['libferrule.dylib', 'libferrule.a'],
    win32: ['ferrule.dll', 'ferrule.lib'],
  }[os]
  run(
    'cargo',
    ['build', '--release', '--locked', '--package', 'ferrule-capi', '--target', target, '--target-dir', at('target')],
    { env: linkerEnvironment(target, shared) },
  )
  const folder = at('target', target, 'release')
  return { shared: join(folder, shared), archive: join(folder, archive) }
}

function linkerEnvironment(target, binary) {
  const environment = glibc217Environment(target)
  if (environment === undefined && target.endsWith('linux-gnu')) {
    console.log(
      `no glibc 2.17 toolchain on this machine: ${binary} is linked by the system's linker, so it runs here and on ` +
        'systems with the same glibc or a newer one',
    )
  }
  return environment ?? {}
}

function install(built, destination) {
  place(destination, readFileSync(built))
  return destination
}
