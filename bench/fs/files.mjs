/** The files of the benchmark: small ones to read, and a tree like that of installed packages to walk. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const SMALL_FILES = 10_000
/** Folders that hold 23 files each, of four kinds. */
const PACKAGES = 700
const PARTS = ['', 'lib', 'lib/deep', 'dist', 'test', 'types']
const FILES = 23
const KINDS = ['js', 'ts', 'json', 'md']

export const TREE_FILES = PACKAGES * PARTS.length * FILES
/** Packages, their parts, and the folder above them. */
export const TREE_ENTRIES = TREE_FILES + PACKAGES * PARTS.length + 1
export const TREE_TYPESCRIPT = PACKAGES * PARTS.length * 6

/** Of 100 in a folder; 200 bytes to 8 KiB. */
export function smallFile(folder, index) {
  return join(folder, 'small', String(Math.floor(index / 100)), `${index}.txt`)
}

export const sizeOf = (index) => 200 + ((index * 7919) % 7992)

export const treeOf = (folder) => join(folder, 'tree')

export function makeFiles(folder) {
  for (let index = 0; index < SMALL_FILES; index += 1) {
    const path = smallFile(folder, index)
    if (index % 100 === 0) mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, 'x'.repeat(sizeOf(index)))
  }
  for (let number = 0; number < PACKAGES; number += 1) {
    for (const part of PARTS) {
      const path = join(treeOf(folder), 'node_modules', `package-${number}`, part)
      mkdirSync(path, { recursive: true })
      for (let file = 0; file < FILES; file += 1) {
        writeFileSync(join(path, `module-${file}.${KINDS[file % KINDS.length]}`), '')
      }
    }
  }
}
