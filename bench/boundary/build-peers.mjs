/** Builds the peer addon in its own target folder and puts it where Node can load it. */
import { execFileSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { PEERS_ADDON, PEERS_CRATE } from './contenders.mjs'

export function buildPeers() {
  const targetFolder = process.env.CARGO_TARGET_DIR ?? join(PEERS_CRATE, 'target')
  execFileSync('cargo', ['build', '--release', '--locked', '--target-dir', targetFolder], {
    cwd: PEERS_CRATE,
    stdio: 'inherit',
  })
  copyFileSync(join(targetFolder, 'release', LIBRARY[process.platform] ?? LIBRARY.linux), PEERS_ADDON)
}

const LIBRARY = {
  linux: 'libboundary_peers.so',
  darwin: 'libboundary_peers.dylib',
  win32: 'boundary_peers.dll',
}
