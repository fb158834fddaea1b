/** What a package's files say of the wrapped crate: from its model, and from the files beside its sources. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { PackageInfo } from '../generate/package.js'
import type { Package } from '../ir/ir.js'
import type { CrateModel } from '../model/model.js'
import { classEntries } from '../spec/class-entries.js'
import type { LeftOut } from '../spec/draft.js'
import type { Spec } from '../spec/spec.js'
import type { Pairs } from '../scan/subjects.js'
import { ferruleVersion } from '../tools/ferrule-root.js'
import { pairsOf, pathOf, scanned } from './scanned.js'

export function packageInfo(p: Package, model: CrateModel): PackageInfo {
  return {
    name: packageNameOf(model),
    crateVersion: model.version,
    ferrule: `^${ferruleVersion}`,
    description: model.description,
    license: p.spec.crate.license ?? model.license,
    repository: model.repository,
    docs: model.docs,
    licenseFiles: licenseFiles(model.folder),
    leftOut: leftOutOf(p.spec, model),
  }
}

/** `rust_decimal` is `rust-decimal-node` on npm. */
export const packageNameOf = (model: CrateModel): string =>
  `${model.packageName.replaceAll('_', '-').toLowerCase()}-node`

/** Every public item of the crate that the spec does not name; what it names and skips, it says itself. */
export function leftOutOf(spec: Spec, model: CrateModel): readonly LeftOut[] {
  const rustTypes = new Map(classEntries(spec).map(({ name, rustType }) => [name, rustType]))
  const named = new Set([
    ...spec.functions.map(({ rustFn }) => rustFn),
    ...spec.constants.map(({ rust }) => rust),
    ...spec.methods.map(({ handle, rustMethod }) => `${rustTypes.get(handle) ?? handle}::${rustMethod}`),
  ])
  // A spec without some class that borrows is one that had to do without: see `wrapCrate`.
  const pairs = pairsIn(spec)
  const kept = new Set(classEntries(spec).map(({ rustType }) => pathOf(rustType)))
  const unkept = pairs === 'none' ? [] : pairsOf(model, pairs).filter((path) => !kept.has(path))
  const { leftOut } = scanned(model, pairs, new Set(unkept))
  return leftOut.filter(({ path }) => !named.has(path))
}

/** Which classes borrow: their types name lifetimes. */
function pairsIn(spec: Spec): Pairs {
  const pairs = classEntries(spec).filter(({ rustType }) => rustType.includes("<'"))
  if (pairs.some(({ section }) => section === 'instances')) return 'all'
  return pairs.length > 0 ? 'plain' : 'none'
}

const isLicence = (name: string): boolean => {
  const upper = name.toUpperCase()
  return ['LICENSE', 'LICENCE', 'COPYING', 'UNLICENSE', 'COPYRIGHT', 'NOTICE'].some((word) => upper.startsWith(word))
}

/** The licence has to travel with the code it is for. */
function licenseFiles(folder: string | undefined): { name: string; text: string }[] {
  if (folder === undefined || !existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => isLicence(name) && statSync(join(folder, name)).isFile())
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
}
