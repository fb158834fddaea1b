/** Builds peer crates, each in its own target folder. */
import { execFileSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folderOf = (name) => fileURLToPath(new URL(`${name}/`, import.meta.url))

/** Where a peer's addon is, once it is built. */
export const peerAddon = (name) => join(folderOf(name), `${name}-peers.node`)

/** Builds the addon of `boundary` or `glue` and puts it where Node can load it. */
export function buildPeers(name) {
  copyFileSync(join(build(name), LIBRARY[process.platform](name)), peerAddon(name))
}

/** @returns where the program is that answers as fast as the machine itself can */
export function buildFloor() {
  return join(build('floor'), 'floor')
}

/** @returns the folder of what was built */
function build(name) {
  const targetFolder = process.env.CARGO_TARGET_DIR ?? join(folderOf(name), 'target')
  execFileSync('cargo', ['build', '--release', '--locked', '--target-dir', targetFolder], {
    cwd: folderOf(name),
    stdio: 'inherit',
  })
  return join(targetFolder, 'release')
}

const LIBRARY = {
  linux: (name) => `lib${name}_peers.so`,
  darwin: (name) => `lib${name}_peers.dylib`,
  win32: (name) => `${name}_peers.dll`,
}
