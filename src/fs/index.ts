/** Files: typed errors, atomic writes, streams, walks and watches, all of it off the JavaScript thread. */
export type { CallOptions, SyncCallOptions } from '../boundary/index.js'
export { ByteStream, type ByteSource, type Bytes } from '../streams/index.js'
export { copy, copySync, move, moveSync, type CopyOptions, type ExistingOptions } from './copy.js'
export { FsError } from './error.js'
export {
  makeFolder,
  makeFolderSync,
  temporaryFolder,
  temporaryFolderSync,
  type MakeFolderOptions,
  type TemporaryFolder,
  type TemporaryFolderOptions,
} from './folder.js'
export { hashFile, hashFileSync, type HashAlgorithm } from './hash.js'
export type { PathLike } from './path.js'
export { read, readSync, readText, readTextSync, type ReadOptions, type TextOptions } from './read.js'
export { readMany, readManySync, readManyText, readManyTextSync, type ReadManyOptions } from './read-many.js'
export { readStream, type ReadStreamOptions } from './read-stream.js'
export { remove, removeSync, type RemoveOptions } from './remove.js'
export {
  exists,
  existsSync,
  lstat,
  lstatSync,
  stat,
  statSync,
  type BigFileStat,
  type EntryKind,
  type FileStat,
  type StatOptions,
} from './stat.js'
export { list, listSync, walk, walkSync, type EntryIterator, type EntryStream } from './walk.js'
export type { Entry, ListOptions, WalkOptions } from './walk-batches.js'
export { watch, type Watcher, type WatchEvent, type WatchOptions } from './watch.js'
export { append, appendSync, write, writeSync, type AppendOptions, type WriteOptions } from './write.js'
export { writeStream, type FileWriter } from './write-stream.js'
