/** Builds the addon of a peer crate, `boundary` or `glue`, in its own target folder and puts it where Node can load it. */
import { execFileSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folderOf = (name) => fileURLToPath(new URL(`${name}/`, import.meta.url))

/** Where a peer's addon is, once it is built. */
export const peerAddon = (name) => join(folderOf(name), `${name}-peers.node`)

export function buildPeers(name) {
  const targetFolder = process.env.CARGO_TARGET_DIR ?? join(folderOf(name), 'target')
  execFileSync('cargo', ['build', '--release', '--locked', '--target-dir', targetFolder], {
    cwd: folderOf(name),
    stdio: 'inherit',
  })
  copyFileSync(join(targetFolder, 'release', LIBRARY[process.platform](name)), peerAddon(name))
}

const LIBRARY = {
  linux: (name) => `lib${name}_peers.so`,
  darwin: (name) => `lib${name}_peers.dylib`,
  win32: (name) => `${name}_peers.dll`,
}
