import { isUtf8 } from 'node:buffer'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A file's path and its length in bytes. */
/** @typedef {{ path: string, size: number }} TextFile */

/**
 * Every text file below a folder: valid UTF-8 without a NUL byte. Links are not followed, so nothing is found twice, and
 * what cannot be read is left out.
 *
 * @returns {Promise<TextFile[]>}
 */
export async function findTextFiles(folder) {
  const found = []
  const pending = [folder]
  while (pending.length > 0) {
    const current = pending.pop()
    const entries = await readdir(current, { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      if (entry.isDirectory()) pending.push(join(current, entry.name))
    }
    const files = entries.filter((entry) => entry.isFile())
    found.push(...(await Promise.all(files.map((entry) => inspect(join(current, entry.name))))))
  }
  return found.filter((file) => file !== undefined)
}

async function inspect(path) {
  const content = await readFile(path).catch(() => undefined)
  if (content === undefined || content.length === 0) return undefined
  return isUtf8(content) && !content.includes(0) ? { path, size: content.length } : undefined
}
