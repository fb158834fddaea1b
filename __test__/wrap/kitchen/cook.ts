// The kitchen sink as a package: scanned, generated, compiled and type-checked once, for every test that uses it.
import { createRequire } from 'node:module'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Io } from '../../../src/wrap/commands/io.js'
import { contractItems } from '../../../src/wrap/ir/contract.js'
import type { Package } from '../../../src/wrap/ir/ir.js'
import type { CrateModel } from '../../../src/wrap/model/model.js'
import { makeAttempt } from '../../../src/wrap/project/attempt.js'
import { buildAddon, buildTypeScript, holdToContract } from '../../../src/wrap/project/build.js'
import { proposeDraft } from '../../../src/wrap/project/propose.js'
import { hostTarget } from '../../../src/wrap/project/target.js'
import { provideTools } from '../../../src/wrap/project/tools.js'
import { readCrate } from '../../../src/wrap/read/index.js'
import type { SpecDraft } from '../../../src/wrap/spec/draft.js'
import { specOf } from '../../../src/wrap/project/spec.js'
import { writeSpec } from '../../../src/wrap/spec/write.js'
import { withTasks } from './doors.js'
import type { Sink } from './row.js'

export const root = join(import.meta.dirname, '..', '..', '..')
export const crateFolder = join(import.meta.dirname, '..', 'kitchen-sink')
/** It stays between runs, so that a second one is quick. */
export const packageFolder = join(root, 'target', 'wrap-sink')
/** What a user requires. */
export const packageIndex = join(packageFolder, 'dist', 'index.js')

export interface Cooked {
  readonly model: CrateModel
  readonly draft: SpecDraft
  readonly package: Package
  readonly sink: Sink
}

export const io: Io = {
  out: () => undefined,
  err: () => undefined,
  isTerminal: false,
  cwd: root,
  env: process.env,
  signal: new AbortController().signal,
  now: () => performance.now(),
}

/** The crate as the generator reads it. */
export const readSink = (): Promise<CrateModel> =>
  readCrate({ crate: 'kitchen-sink', path: crateFolder, cacheFolder: join(packageFolder, 'target', 'rustdoc') })

export async function cookSink(): Promise<Cooked> {
  mkdirSync(packageFolder, { recursive: true })
  const model = await readSink()
  const specPath = join('src', 'kitchen_sink', 'kitchen_sink.wrapper_spec')
  const request = { crate: 'kitchen-sink', path: crateFolder }
  const draft = withTasks(proposeDraft(model, request, join(packageFolder, 'src', 'kitchen_sink')))
  await provideTools(packageFolder, io)
  const place = { folder: packageFolder, destination: packageFolder, specPath }
  const text = writeSpec(draft)
  const attempt = await makeAttempt(place, { text, spec: specOf(text, specPath) }, model, false, io)
  const built = { folder: packageFolder, targetFolder: join(packageFolder, 'target') }
  const addon = await buildAddon(built, hostTarget(io.env), false, io)
  await holdToContract(addon.path, attempt.package.system, contractItems(attempt.package), io)
  await buildTypeScript(packageFolder, io)
  const require = createRequire(import.meta.url)
  return { model, draft, package: attempt.package, sink: require(packageIndex) as Sink }
}

/** A generated file, as text. */
export function generatedText(path: string): string {
  const file = join(packageFolder, path)
  if (!existsSync(file)) throw new Error(`${path} was not generated`)
  return readFileSync(file, 'utf8')
}
