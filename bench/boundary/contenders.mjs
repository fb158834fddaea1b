/**
 * Who takes part: `raw` and `derived` (`#[napi]`) from the peer addon, and ferrule's testkit, as `native` (the typed binding)
 * and `public` (the TypeScript API over it).
 */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { peerAddon } from '../peers/build.mjs'

const require = createRequire(import.meta.url)

const TESTKIT = fileURLToPath(new URL('../../__test__/testkit/index.js', import.meta.url))

export const CONTENDER_NAMES = {
  raw: 'raw Node-API',
  derived: '#[napi]',
  native: 'ferrule',
  public: 'ferrule, public API',
  publicWithOptions: 'ferrule, public API with signal and timeoutMs',
}

/** The module each contender's functions are taken from; the testkit's only once it is built. */
export function loadContenders() {
  const { raw, derived } = require(peerAddon('boundary'))
  if (!existsSync(TESTKIT)) return { raw, derived }
  const testkit = require(TESTKIT)
  return { raw, derived, native: testkit.native, public: testkit, publicWithOptions: testkit }
}
