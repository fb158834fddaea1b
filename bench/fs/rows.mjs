/**
 * The rows of the benchmark, and what is promised. Each contender does the whole work once per operation and says how much it
 * found; all must find the same.
 */
import { smallFile, sizeOf, SMALL_FILES, TREE_ENTRIES, TREE_TYPESCRIPT, treeOf } from './files.mjs'

const sum = (all) => all.reduce((total, { length }) => total + length, 0)
const paths = (folder) => Array.from({ length: SMALL_FILES }, (_, index) => smallFile(folder, index))
const BYTES = Array.from({ length: SMALL_FILES }, (_, index) => sizeOf(index)).reduce((total, size) => total + size, 0)
const everything = (folder) => ({ cwd: treeOf(folder), dot: true, onlyFiles: false })

async function count(entries) {
  let found = 0
  // eslint-disable-next-line no-unused-vars -- what is measured is that it comes
  for await (const entry of entries) found += 1
  return found
}

async function bounded(promises, all, most) {
  const results = new Array(all.length)
  let next = 0
  const work = async () => {
    while (next < all.length) {
      const index = next++
      results[index] = await promises.readFile(all[index])
    }
  }
  await Promise.all(Array.from({ length: most }, work))
  return results
}

export const ROWS = [
  {
    row: 'readMany',
    title: 'read 10,000 files of 4 KiB on average',
    answer: BYTES,
    contenders: {
      ferrule: ({ fs, folder }) => {
        const all = paths(folder)
        return async () => sum(await fs.readMany(all))
      },
      ferruleSync: ({ fs, folder }) => {
        const all = paths(folder)
        return async () => sum(fs.readManySync(all))
      },
      promises: ({ promises, folder }) => {
        const all = paths(folder)
        return async () => sum(await Promise.all(all.map((path) => promises.readFile(path))))
      },
      bounded: ({ promises, folder }) => {
        const all = paths(folder)
        return async () => sum(await bounded(promises, all, 64))
      },
    },
  },
  {
    row: 'readManyText',
    title: 'the same as text',
    answer: BYTES,
    contenders: {
      ferrule: ({ fs, folder }) => {
        const all = paths(folder)
        return async () => sum(await fs.readManyText(all))
      },
      promises: ({ promises, folder }) => {
        const all = paths(folder)
        return async () => sum(await Promise.all(all.map((path) => promises.readFile(path, 'utf8'))))
      },
    },
  },
  {
    row: 'walkArray',
    title: 'everything in a tree of 100,801 entries, as an array',
    answer: TREE_ENTRIES,
    contenders: {
      ferrule:
        ({ fs, folder }) =>
        async () =>
          (await fs.walk(treeOf(folder)).toArray()).length,
      ferruleSync:
        ({ fs, folder }) =>
        async () =>
          [...fs.walkSync(treeOf(folder))].length,
      fastGlob:
        ({ fastGlob, folder }) =>
        async () =>
          (await fastGlob('**', everything(folder))).length,
      readdir:
        ({ promises, folder }) =>
        async () =>
          (await promises.readdir(treeOf(folder), { recursive: true })).length,
    },
  },
  {
    row: 'walkStream',
    title: 'the same, one by one',
    answer: TREE_ENTRIES,
    contenders: {
      ferrule:
        ({ fs, folder }) =>
        () =>
          count(fs.walk(treeOf(folder))),
      fastGlob:
        ({ fastGlob, folder }) =>
        () =>
          count(fastGlob.stream('**', everything(folder))),
    },
  },
  {
    row: 'walkPattern',
    title: 'the TypeScript files in it, as an array',
    answer: TREE_TYPESCRIPT,
    contenders: {
      ferrule:
        ({ fs, folder }) =>
        async () =>
          (await fs.walk(treeOf(folder), { include: '**/*.ts', kinds: ['file'] }).toArray()).length,
      fastGlob:
        ({ fastGlob, folder }) =>
        async () =>
          (await fastGlob('**/*.ts', { cwd: treeOf(folder), dot: true })).length,
    },
  },
]

const speedup = (row, rival, atLeast, subject = 'ferrule') => ({ row, subject, rival, measure: 'speedup', atLeast })

export const COMPARISONS = [
  speedup('readMany', 'promises', 3),
  speedup('readMany', 'bounded', 3),
  speedup('readManyText', 'promises', 3),
  speedup('walkArray', 'fastGlob', 1.5),
  speedup('walkStream', 'fastGlob', 1.5),
  speedup('walkPattern', 'fastGlob', 1.5),
  // For information.
  speedup('walkArray', 'readdir'),
]
