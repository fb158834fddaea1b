/** Models kept as JSON: the same crate read by the same compiler gives the same model. */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { CrateModel } from '../model/model.js'
import type { Project } from './project.js'
import { folderOf } from './rustdoc.js'

/** Counted up whenever a reader makes another model of the same crate. */
const READER = 11

/** Where the model of a project is kept, by everything it depends on. */
export async function modelFile(project: Project, cacheFolder: string): Promise<string> {
  const found = project.package
  const locked = await readFile(join(project.folder, 'Cargo.lock'), 'utf8')
  const local = await Promise.all(
    project.metadata.packages
      .filter((one) => one.source === null && one.name !== 'ferrule-scratch')
      .map((one) => stamps(folderOf(one))),
  )
  const hash = createHash('sha256')
    .update(JSON.stringify([READER, project.rustc, found.id, project.enabledFeatures, locked, local]))
    .digest('hex')
  return join(resolve(cacheFolder), 'models', `${found.name}-${found.version}-${hash.slice(0, 16)}.json`)
}

export async function readModel(file: string): Promise<CrateModel | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as CrateModel
  } catch {
    // Not there yet, or cut short by a full disk: read again.
    return undefined
  }
}

/** Written aside and moved, so that no other process sees half of it. */
export async function writeModel(file: string, model: CrateModel): Promise<void> {
  const aside = `${file}.${process.pid}`
  await mkdir(join(file, '..'), { recursive: true })
  try {
    await writeFile(aside, JSON.stringify(model))
    await rename(aside, file)
  } finally {
    await rm(aside, { force: true })
  }
}

/** Of every file of a crate in a folder: name, size and time. */
async function stamps(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  const inside = names.filter((name) => !name.startsWith('target') && !name.startsWith('.git')).sort()
  return Promise.all(
    inside.map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name))
      return `${name} ${size} ${mtimeMs}`
    }),
  )
}
