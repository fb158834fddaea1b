/** Whether a package's binary loads from each place it is looked for in; tried in a process of its own, which a bad one may end. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { contractOf, type OpenedSystem, type SystemContract } from '../../boundary/contract.js'
import { boundaryAbi, type LoadOptions } from '../../boundary/load.js'
import { chosenPlace, searchedPlaces, type LoadPlace } from '../../boundary/load-places.js'
import { contractDifferences } from '../check/contract.js'
import type { Io } from '../commands/io.js'
import { runProcess } from '../tools/process.js'

export interface TriedPlace {
  readonly kind: LoadPlace['kind']
  /** What is looked at: a file, a package, or the variable that would name one. */
  readonly place: string
  /** Whether something is there. */
  readonly found: boolean
  /** Whether it would be loaded from there. */
  readonly loads: boolean
  /** Why not, or what else there is to say. */
  readonly why: string
  /** What the binary promises, by system, where it could be asked. */
  readonly contracts: readonly SystemContract[]
}

export interface PlacesOptions extends LoadOptions {
  /** The package's folder. */
  readonly folder: string
  readonly triple: string
  /** The package's system; null for ferrule's own, of which there are many. */
  readonly system: string | null
  /** What the package's types were made for; undefined where nothing says. */
  readonly expected: readonly string[] | undefined
}

/** In the loader's order. The variable, when it is set, is the only one that counts. */
export async function tryPlaces(options: PlacesOptions, io: Io): Promise<readonly TriedPlace[]> {
  const { overrideVariable: variable, folder, triple } = options
  const value = io.env[variable]
  const chosen = chosenPlace(value ? resolve(io.cwd, value) : undefined)
  const first: TriedPlace =
    chosen === undefined
      ? {
          kind: 'environment variable',
          place: variable,
          found: false,
          loads: false,
          why: 'not set; it would name one binary to load instead of all below',
          contracts: [],
        }
      : { ...(await tryPlace(chosen, options, io)), place: `${variable}=${value ?? ''}` }
  const rest: TriedPlace[] = []
  for (const place of searchedPlaces(options, triple, join(folder, 'dist', 'addon.js'))) {
    rest.push(await tryPlace(place, options, io))
  }
  return [first, ...rest]
}

interface Answer {
  readonly path?: string
  readonly error?: string
  readonly abi?: unknown
  /** What its handshake says. */
  readonly agrees?: unknown
  readonly version?: unknown
  readonly opened?: readonly OpenedSystem[]
}

/** As the loader asks for it. An addon's `attach` takes a copy's hooks, of which none is called here. */
const script = `
const [request, from, name, abi] = process.argv.slice(1)
const answer = {}
try {
  const load = require('node:module').createRequire(from)
  answer.path = load.resolve(request)
  const addon = load(answer.path)
  answer.abi = addon.boundaryAbi
  answer.agrees = addon.handshake?.(Number(abi))
  answer.version = addon.packageVersion
  if (typeof addon.attach === 'function') {
    const attached = addon.attach([])
    const systems = name === '' ? attached.systems ?? [] : [name]
    answer.opened = systems.map((system) => attached.open(system)).filter((opened) => opened !== null)
  }
} catch (error) {
  answer.error = String(error?.message ?? error).split('\\n', 1)[0]
}
process.stdout.write(JSON.stringify(answer))
`

async function tryPlace(place: LoadPlace, options: PlacesOptions, io: Io): Promise<TriedPlace> {
  const from = join(options.folder, 'dist', 'addon.js')
  const args = ['-e', script, '--', place.request, from, options.system ?? '', String(boundaryAbi)]
  const { status, stdout } = await runProcess(process.execPath, args, { cwd: io.cwd, env: io.env, signal: io.signal })
  const answer: Answer =
    status === 0 ? (JSON.parse(stdout) as Answer) : { path: place.request, error: 'opening it ended the process' }
  const found = answer.path !== undefined || existsSync(place.request)
  const why = whyNot(place, found, answer, options)
  return {
    kind: place.kind,
    place: answer.path ?? place.request,
    found,
    loads: why === undefined,
    why: why ?? (place.kind === 'environment variable' ? 'loads, and nothing else is tried' : 'loads'),
    contracts: answer.opened?.map(contractOf) ?? [],
  }
}

function whyNot(place: LoadPlace, found: boolean, answer: Answer, options: PlacesOptions): string | undefined {
  const { packageName, version, system, expected } = options
  if (!found) return `${answer.error ?? 'not there'}; ${howToGet(place, options)}`
  if (answer.error !== undefined) return `cannot be opened: ${answer.error}`
  if (typeof answer.abi !== 'number' || typeof answer.version !== 'string') {
    return 'opens, but is no addon of this boundary: loading ends with ERR_LOAD'
  }
  if (answer.agrees !== true) {
    return `speaks version ${answer.abi} of the boundary, ferrule here speaks ${boundaryAbi}: loading ends with ERR_CONTRACT`
  }
  if (place.kind !== 'environment variable' && answer.version !== version) {
    return `is the binary of ${packageName} ${answer.version}, the package is ${version}: loading ends with ERR_LOAD`
  }
  if (system === null) return undefined
  const items = answer.opened?.[0]?.items
  if (items === undefined) return `has no system ${system}: loading ends with ERR_CONTRACT`
  const [difference] = expected === undefined ? [] : contractDifferences(expected, items)
  return difference === undefined ? undefined : `does not fit the spec: ${difference}: loading ends with ERR_CONTRACT`
}

function howToGet({ kind }: LoadPlace, { packageName, overrideVariable }: PlacesOptions): string {
  if (kind === 'platform package') return `\`npm install ${packageName}\` brings it`
  return kind === 'project folder' ? '`ferrule build` makes it' : `let ${overrideVariable} name a file, or unset it`
}
