// Bad input on every argument of every export. The signatures are read from the contract when the tests run, so nothing is
// generated that could fall behind it: a new export is tested by having one, and a new type fails here until it has values.
import {
  attachAddon,
  boundaryContract,
  isFerruleError,
  type Boundary,
  type Diagnostics,
  type SystemContract,
} from 'ferrule/boundary'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { badValuesOf, detached, goodValueOf, resizableBuffer, type BadValue } from './testkit/bad-values.js'
import { rejectionOf, testkit, thrownBy, until } from './testkit/load.js'
import { parseSignature, type Parameter, type Signature, type Type } from './testkit/signature.js'

type Raw = (...args: unknown[]) => unknown
interface System {
  name: string
  boundary: Boundary
  functions: Record<string, Raw>
  signatures: Signature[]
}

function systemOf(boundary: Boundary, contract: SystemContract, functions: Record<string, Raw>): System {
  return { name: contract.system, boundary, functions, signatures: contract.items.map(parseSignature) }
}

const require = createRequire(import.meta.url)

/** ferrule's own systems, through a second copy attached to the same binary: their classes keep the raw exports to themselves. */
function ownSystems(): System[] {
  for (const system of ['concurrency', 'config', 'fs', 'hash', 'regex', 'sys', 'tl']) require(`ferrule/${system}`)
  const { contract } = require('ferrule') as { contract: () => readonly SystemContract[] }
  const root = require.resolve('ferrule/package.json')
  const boundary = attachAddon({
    packageName: 'ferrule',
    version: (require(root) as { version: string }).version,
    binaryName: 'ferrule',
    overrideVariable: 'FERRULE_NATIVE_PATH',
    localFolders: ['npm'],
    from: join(dirname(root), 'index.js'),
  })
  // The boundary's own exports too: every addon has them.
  const promises = [...contract(), { ...boundaryContract, groups: [], reports: [] }]
  return promises.map((promised) => systemOf(boundary, promised, boundary.open(promised)))
}

const systems: System[] = [
  ...testkit.boundary
    .contract()
    .map((contract) =>
      systemOf(
        testkit.boundary,
        contract,
        (testkit as unknown as Record<string, Record<string, Raw>>)[contract.system] ?? {},
      ),
    ),
  ...ownSystems(),
]

/** Objects by type, made through the systems' own constructors; each stands in for its type's arguments. */
class Makers {
  readonly #system: System
  readonly #made = new Map<string, number>()

  constructor(system: System) {
    this.#system = system
  }

  good({ type }: Pick<Parameter, 'type'>): unknown {
    return type.kind === 'handle' ? this.#handle(type.of, type.exclusive) : goodValueOf(type)
  }

  #handle(name: string, exclusive: boolean): number {
    // Of its own: what other objects are made from cannot be lent exclusively.
    const key = exclusive ? `exclusive ${name}` : name
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const maker = this.#system.signatures.find(({ result }) => result === `handle ${name}`)
    if (maker === undefined) throw new Error(`nothing makes a ${name}`)
    const made = this.#system.functions[maker.name]?.(...maker.parameters.map((parameter) => this.good(parameter)))
    this.#made.set(key, made as number)
    return made as number
  }

  dispose(): void {
    for (const handle of [...this.#made.values()].reverse()) this.#system.boundary.native.dispose(handle)
  }
}

/** What a refused call must leave as it was. */
function countsOf({ handles, callsInFlight, abandoned, callbacks, nativeBytes }: Diagnostics): unknown {
  return { handles, callsInFlight, abandoned, callbacks, nativeBytes }
}

const isDelivered = (boundary: Boundary): boolean => boundary.diagnostics().lane.undelivered === 0

describe.each(systems)('$name', (system) => {
  const makers = new Makers(system)
  let before: unknown

  beforeAll(async () => {
    for (const { parameters } of system.signatures) parameters.forEach((parameter) => makers.good(parameter))
    await until(() => isDelivered(system.boundary))
  })
  afterAll(() => {
    makers.dispose()
  })

  const run = (name: string, args: unknown[]): unknown => system.functions[name]?.(...args)

  it('has exports', () => {
    expect(system.signatures.length).toBeGreaterThan(0)
    expect(Object.keys(system.functions).sort()).toEqual(system.signatures.map(({ name }) => name).sort())
  })

  describe.each(system.signatures)('$name', ({ name, parameters }) => {
    const operation = `${system.name}.${name}`
    const good = (): unknown[] => parameters.map((parameter) => makers.good(parameter))
    const withBad = (at: number, bad: unknown): unknown[] => good().map((value, place) => (place === at ? bad : value))

    beforeAll(() => {
      before = countsOf(system.boundary.diagnostics())
    })
    afterAll(async () => {
      // A function that was registered before a later argument was refused is let go of through the queue.
      await until(() => isDelivered(system.boundary))
      expect(countsOf(system.boundary.diagnostics())).toEqual(before)
    })

    it('refuses too few and too many arguments', () => {
      for (const args of [good().slice(1), [...good(), undefined], [...good(), ...new Array<number>(300).fill(1)]]) {
        if (args.length === parameters.length) continue
        const error = thrownBy(() => run(name, args))
        expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_COUNT', operation })
        expect(error.details).toEqual({ expected: parameters.length, found: args.length })
        for (const { name: parameter } of parameters) expect(error.message).toContain(parameter)
      }
    })

    // Titles are made by hand: values such as revoked proxies cannot be printed.
    for (const [at, { name: parameter, type }] of parameters.entries()) {
      it(`refuses bad values of ${parameter}`, () => {
        const bad = badValuesOf(type)
        for (const { name: value, make, code } of [...bad, ...badHandles(system, makers, type)]) {
          const error = thrownBy(() => run(name, withBad(at, make())))
          const seen = `${parameter} = ${value}: ${String(error)}`
          expect(isFerruleError(error, code), seen).toBe(true)
          expect(error.operation, seen).toBe(operation)
          expect(error.message, seen).toContain(
            `${operation}: argument "${parameter}" (${String(at + 1)} of ${String(parameters.length)}) must be `,
          )
          expect(error.details, seen).toMatchObject({ argument: parameter, position: at + 1 })
          expect(error.message.length, seen).toBeLessThan(500)
        }
      })

      const arrays = arraysIn(type)
      if (arrays !== undefined) {
        it(`lets through what a getter in ${parameter} throws`, () => {
          for (const thrown of [new Error('mine'), 'a primitive', undefined, null, 7, Symbol('s')]) {
            const array = arrays()
            Object.defineProperty(array, array.length - 1, {
              get() {
                // eslint-disable-next-line @typescript-eslint/only-throw-error -- what JavaScript may throw
                throw thrown
              },
            })
            const caught = catching(() => run(name, withBad(at, array)))
            expect(caught).toEqual({ thrown })
            expect(caught.thrown).toBe(thrown)
          }
        })
      }
    }
  })
})

/** Numbers that are handles, but not of a usable object of this type. */
function badHandles(system: System, makers: Makers, type: Type): BadValue[] {
  if (type.kind !== 'handle') return []
  const others = system.signatures
    .flatMap(({ parameters }) => parameters)
    .filter(({ type: other }) => other.kind === 'handle' && other.of !== type.of)
  return [
    ...others.map((other): BadValue => {
      return { name: 'another type', make: () => makers.good(other), code: 'ERR_HANDLE_TYPE' }
    }),
    { name: 'a disposed object', make: () => -1, code: 'ERR_HANDLE_CLOSED' },
    {
      name: 'a stale handle',
      make: () => {
        const own = new Makers(system)
        const handle = own.good({ type })
        own.dispose()
        return handle
      },
      code: 'ERR_HANDLE_STALE',
    },
  ]
}

/** An array of good elements for a type that takes one. */
function arraysIn(type: Type): (() => unknown[]) | undefined {
  if (type.kind === 'optional') return arraysIn(type.of)
  if (!['list', 'array', 'tuple', 'variants'].includes(type.kind)) return undefined
  return () => goodValueOf(type) as unknown[]
}

function catching(work: () => unknown): { thrown: unknown } {
  try {
    work()
  } catch (thrown) {
    return { thrown }
  }
  throw new Error('nothing was thrown')
}

describe('through the public call', () => {
  it('rejects with the same error, and nothing is in flight', async () => {
    const error = await rejectionOf(testkit.call('types.textWork', ['a', -1]))
    expect(error).toMatchObject({ code: 'ERR_OUT_OF_RANGE', operation: 'types.textWork' })
    expect(testkit.diagnostics().callsInFlight).toBe(0)
  })

  it('rejects with the very value that a getter threw', async () => {
    for (const thrown of [7, undefined, new Error('mine')]) {
      const texts = Object.defineProperty([''], 0, {
        get() {
          // eslint-disable-next-line @typescript-eslint/only-throw-error -- what JavaScript may throw
          throw thrown
        },
      })
      const outcome = await testkit.call('types.manyWork', [[1], texts, null]).then(
        () => 'fulfilled',
        (reason: unknown) => ({ reason }),
      )
      expect(outcome).toEqual({ reason: thrown })
    }
  })
})

describe('a refused call on an object', () => {
  it('leaves the object as it was, and free', () => {
    using counter = new testkit.Counter(5)
    for (const { make } of badValuesOf({ kind: 'number', name: 'i64' })) {
      thrownBy(() => counter.add(make() as number))
      expect(counter.value).toBe(5)
    }
    expect(counter.add(1)).toBe(6)
  })
})

describe('memory that goes away while arguments are read', () => {
  it('refuses bytes that a later argument’s getter transfers', () => {
    const { types } = testkit
    const takers: ((bytes: Uint8Array, texts: string[]) => unknown)[] = [
      (bytes, texts) => types.bytesAndTexts(bytes, texts),
      (bytes, texts) => types.slicesAndTexts([new Uint8Array(1), bytes], texts),
    ]
    for (const take of takers) {
      const bytes = new Uint8Array(100_000).fill(1)
      const texts = Object.defineProperty([''], 0, {
        get() {
          structuredClone(bytes, { transfer: [bytes.buffer] })
          return 'text'
        },
      })
      expect(thrownBy(() => take(bytes, texts))).toMatchObject({ code: 'ERR_BUFFER_DETACHED' })
    }
  })

  it('sees the bytes as they are after a later argument’s getter shrank them', () => {
    const buffer = resizableBuffer(64, 64)
    const bytes = new Uint8Array(buffer).fill(1)
    const texts = Object.defineProperty([''], 0, {
      get() {
        buffer.resize(8)
        return 'text'
      },
    })
    expect(testkit.types.bytesAndTexts(bytes, texts)).toEqual([8, 1])
  })

  it('refuses bytes whose first argument’s getter transferred them before they were looked at', () => {
    const bytes = detached()
    expect(thrownBy(() => testkit.types.slicesAndTexts([bytes], []))).toMatchObject({ code: 'ERR_BUFFER_DETACHED' })
  })
})

describe('a string of 200 MB', () => {
  const huge = 'x'.repeat(200 * 1024 * 1024)

  it('is taken where text is wanted', () => {
    expect(testkit.bench.textLength(huge)).toBe(huge.length)
  })

  it('is refused in few words elsewhere', () => {
    const { types } = testkit
    for (const refused of [
      types['i32'],
      types['boolean'],
      types['date'],
      types['bytes'],
      types['numbers'],
      types['colour'],
      types['char'],
      types['f32'],
      types['bigI128'],
      types['ordering'],
      types['fourBytes'],
      types['point'],
      types['shape'],
    ]) {
      const error = thrownBy(() => (refused as Raw)(huge))
      expect(isFerruleError(error)).toBe(true)
      expect(error.message.length).toBeLessThan(300)
    }
  })
})
