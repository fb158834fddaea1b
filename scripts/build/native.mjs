// Rust to `.node`: the addon into npm/<triple>/, the test addon into __test__/testkit/.
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
  const destination = at('npm', triple, `ferrule.${triple}.node`)
  return napiBuild({
    crate: 'ferrule',
    target,
    binary: `ferrule.${triple}.node`,
    destination,
    flags: ['--platform', '--no-js'],
  })
}

/** Builds the addon the tests use for exports no user should see. Returns the path of the binary. */
export function buildTestkit() {
  return napiBuild({
    crate: 'ferrule-testkit',
    target: rustTarget(),
    binary: 'ferrule-testkit.node',
    destination: at('__test__', 'testkit', 'ferrule-testkit.node'),
    flags: ['--config-path', at('scripts', 'build', 'testkit.napi.json')],
  })
}

function napiBuild({ crate, target, binary, destination, flags }) {
  const output = at('target', 'napi', crate)
  const environment = glibc217Environment(target)
  if (environment === undefined && target.endsWith('linux-gnu')) {
    console.log(
      `no glibc 2.17 toolchain on this machine: ${binary} is linked by the system's linker, so it runs here and on ` +
        'systems with the same glibc or a newer one',
    )
  }
  run(
    process.execPath,
    [
      binOf('@napi-rs/cli', 'napi'),
      'build',
      '--release',
      ...['--package', crate],
      ...['--target', target],
      // The tool writes in place. A running Node has the old binary mapped and would crash, so the result is built
      // aside and moved over the old one.
      ...['--output-dir', output],
      // Our exports carry no `#[napi]`, so what the tool writes here is empty; the declarations come from TypeScript.
      ...['--dts', 'unused.d.ts'],
      ...(process.env.FERRULE_CROSS_COMPILE ? ['--cross-compile'] : []),
      ...flags,
    ],
    { env: environment ?? {} },
  )
  place(destination, readFileSync(join(output, binary)))
  return destination
}
