/** The platform that a binary is compiled for: this machine, or the one that a release workflow names. */
import { platformTriple } from '../../boundary/platform.js'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import { platforms } from '../generate/package/platforms.js'

type Env = Readonly<Record<string, string | undefined>>

export interface BuildTarget {
  /** As platform packages are named: `linux-x64-gnu`. */
  readonly triple: string
  /** Whether this Node can load what is compiled. */
  readonly isHost: boolean
  /** What cargo is to do: `build --target x86_64-unknown-linux-gnu`. */
  readonly cargo: readonly string[]
  /** What cargo's environment needs for it. */
  readonly env: Env
}

/** For this machine. */
export const hostTarget = (env: Env): BuildTarget => {
  const triple = platformTriple()
  const rust = platforms.find((platform) => platform.triple === triple)?.target
  return { triple, isHost: true, cargo: ['build'], env: rust === undefined ? {} : flagsFor(rust, env) }
}

/**
 * For the Rust target that `named` or `FERRULE_TARGET` names, else for this machine. `FERRULE_CROSS_COMPILE` has `cargo zigbuild`
 * do it, for a target whose C toolchain this machine lacks.
 *
 * @throws CommandError `usage` for a target that no platform package is for.
 */
export function buildTarget(named: string | undefined, env: Env): BuildTarget {
  const rust = named ?? env['FERRULE_TARGET']
  if (!rust) return hostTarget(env)
  const platform = platforms.find(({ target }) => target === rust)
  if (platform === undefined) {
    throw new CommandError(exitCodes.usage, `no platform package is for the Rust target ${rust}`, {
      wayOut: `name one of ${platforms.map(({ target }) => target).join(', ')}`,
    })
  }
  return {
    triple: platform.triple,
    isHost: platform.triple === platformTriple(),
    cargo: [env['FERRULE_CROSS_COMPILE'] ? 'zigbuild' : 'build', '--target', rust],
    env: flagsFor(rust, env),
  }
}

/** Rust links musl statically unless it is told otherwise, and then makes no dynamic library. */
function flagsFor(rust: string, env: Env): Env {
  if (!rust.endsWith('-musl')) return {}
  // Where the general variable is set, cargo does not look at the target's own.
  const own = `CARGO_TARGET_${rust.toUpperCase().replaceAll('-', '_')}_RUSTFLAGS`
  const variable = env['RUSTFLAGS'] === undefined ? own : 'RUSTFLAGS'
  return { [variable]: `${env[variable] ?? ''} -C target-feature=-crt-static`.trim() }
}
