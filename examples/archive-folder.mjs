// node examples/archive-folder.mjs <inbox> <archive>
//
// A service that files what is put into a folder: each file is moved into the archive under the digest of its content, so that
// nothing is kept twice, and noted in `archive.jsonl`. Files that were there before it started are filed, too. SIGTERM ends it.
import { append, hashFile, list, makeFolder, move, remove, stat, watch } from 'ferrule/fs'
import { join } from 'node:path'

const [inbox, archive] = process.argv.slice(2)
if (archive === undefined) {
  console.error('usage: node examples/archive-folder.mjs <inbox> <archive>')
  process.exit(2)
}

const stop = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => stop.abort(signal))
const { signal } = stop

async function file(name) {
  const path = join(inbox, name)
  try {
    const { kind, size } = await stat(path, { signal })
    if (kind !== 'file') return
    const digest = Buffer.from(await hashFile(path, 'blake3', { signal })).toString('hex')
    const folder = join(archive, digest.slice(0, 2))
    await makeFolder(folder, { recursive: true, signal })
    // To another device, too: what is in the archive is always whole.
    const isNew = await move(path, join(folder, digest), { existing: 'skip', signal })
    if (!isNew) await remove(path, { signal })
    const line = JSON.stringify({ name, size, digest, isNew })
    await append(join(archive, 'archive.jsonl'), `${line}\n`, { fsync: 'file', signal })
    console.log(`${isNew ? 'filed' : 'known'} ${name} ${digest.slice(0, 12)}`)
  } catch (error) {
    // Taken away again before its turn.
    if (error.code !== 'ERR_FS_NOT_FOUND') throw error
  }
}

try {
  await makeFolder(archive, { recursive: true, signal })
  // A file counts as complete when nothing has happened to it for a moment.
  const watcher = watch(inbox, { debounceMs: 200, signal })
  await watcher.ready
  console.log(`watching ${inbox}`)
  const everything = async () => {
    for (const { name } of await list(inbox, { kinds: ['file'], sorted: true, signal }).toArray()) await file(name)
  }
  await everything()
  for await (const { kind, path } of watcher) {
    if (kind === 'overflow') await everything()
    else if (kind !== 'removed') await file(path.slice(path.lastIndexOf('/') + 1))
  }
} catch (error) {
  if (error !== signal.reason) throw error
  console.log(`ended by ${error}`)
}
