/** Runs rustdoc on one package of a project. */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runCargo } from './cargo.js'
import { parseRustdoc, type Rustdoc } from './format57.js'
import type { CargoPackage, Project } from './project.js'
import { noLibrary, ReadError } from './read-error.js'

const LIBRARIES = ['lib', 'rlib', 'dylib', 'cdylib', 'staticlib']

/** The name of the library in paths; it may differ from the package's. Throws `ReadError` when there is none. */
export function libraryName(found: CargoPackage): string {
  const library = found.targets.find((target) => target.kind.some((kind) => LIBRARIES.includes(kind)))
  if (library !== undefined) {
    return library.name.replaceAll('-', '_')
  }
  if (!found.targets.some((target) => target.kind.includes('proc-macro'))) {
    throw noLibrary(found.name)
  }
  throw new ReadError(
    'ERR_WRAP_NO_LIBRARY',
    `${found.name} is a procedural macro: it runs inside the compiler, there is nothing to call`,
    'Wrap the crate whose macros these are.',
  )
}

/** Unstable output of a stable rustdoc: the variable is what the toolchain offers for it. Lints of the crate are not our affair. */
export async function runRustdoc(project: Project, found: CargoPackage, signal?: AbortSignal): Promise<Rustdoc> {
  const name = libraryName(found)
  const args = ['rustdoc', '--quiet', '--locked', '--lib', '--package', `${found.name}@${found.version}`]
  const options = ['--', '-Z', 'unstable-options', '--output-format', 'json', '--cap-lints', 'warn']
  const target = join(project.folder, 'target')
  await runCargo([...args, ...options], {
    folder: project.folder,
    crate: found.name,
    environment: { RUSTC_BOOTSTRAP: '1', CARGO_TARGET_DIR: target },
    ...(signal === undefined ? {} : { signal }),
  })
  return parseRustdoc(await readFile(join(target, 'doc', `${name}.json`), 'utf8'))
}

export function folderOf(found: CargoPackage): string {
  return dirname(found.manifest_path)
}
