import { apiVersion, handshake, versions, type FerruleError } from 'ferrule'
import { checkContract, type ExpectedContract } from 'ferrule/boundary'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { testkit, thrownBy } from './testkit/load.js'

const contracts = createRequire(import.meta.url)('./testkit/contract.json') as ExpectedContract[]
const untouched = (system: string): ExpectedContract => {
  const found = contracts.find((contract) => contract.system === system)
  if (found === undefined) throw new Error(`no contract of ${system}`)
  return found
}

const types = untouched('types')
const [first = '', ...others] = types.items

function refusal(expected: ExpectedContract): { message: string; code: string; details: Record<string, unknown> } {
  const { message, code, details } = thrownBy(() => testkit.boundary.open(expected))
  return { message, code, details }
}

describe('a contract that is the binary’s', () => {
  it.each(contracts.map(({ system }) => system))('opens %s', (system) => {
    const functions = testkit.boundary.open(untouched(system))
    const names = untouched(system).items.map((item) => /(\w+)\(/.exec(item)?.[1])
    expect(Object.keys(functions as object)).toEqual(names)
  })
})

describe('a tampered contract is refused, and the item and both sides are named', () => {
  const changed = first.replace('i8)', 'i16)')
  const cases: [what: string, expected: ExpectedContract, item: string, promised: unknown, found: unknown][] = [
    ['a parameter of another type', { ...types, items: [changed, ...others] }, 'i8', changed, first],
    [
      'another name of a parameter',
      { ...types, items: [first.replace('value', 'number'), ...others] },
      'i8',
      first.replace('value', 'number'),
      first,
    ],
    [
      'another result',
      { ...types, items: [first.replace('-> i8', '-> i8?'), ...others] },
      'i8',
      first.replace('-> i8', '-> i8?'),
      first,
    ],
    ['a sync export made async', { ...types, items: [`async ${first}`, ...others] }, 'i8', `async ${first}`, first],
    [
      'an export that the binary lacks',
      { ...types, items: [...types.items, 'vanish(value: i8) -> i8'] },
      'vanish',
      'vanish(value: i8) -> i8',
      'no such export',
    ],
    ['an export that the types lack', { ...types, items: others }, 'i8', 'no such export', first],
    ['another API version', { ...types, apiVersion: 2 }, 'apiVersion', 2, 1],
    ['another digest alone', { ...types, digest: '0000000000000000' }, 'digest', '0000000000000000', types.digest],
    ['a system that is not there', { ...types, system: 'nowhere' }, 'system', 'nowhere', 'no such system'],
  ]

  it.each(cases)('%s', (_, expected, item, promised, found) => {
    const error = refusal(expected)
    expect(error.code).toBe('ERR_CONTRACT')
    expect(error.details).toEqual({ system: expected.system, item, expected: promised, found })
    for (const told of [expected.system, item, JSON.stringify(promised), JSON.stringify(found), 'What to do']) {
      expect(error.message).toContain(told)
    }
  })

  it('opens nothing and lists nothing', () => {
    const before = testkit.boundary.contract().length
    refusal({ ...types, apiVersion: 99 })
    expect(testkit.boundary.contract()).toHaveLength(before)
  })
})

describe('what a binary promises', () => {
  it('is listed as it was opened, with its digest', () => {
    for (const promised of testkit.boundary.contract()) {
      const { system, apiVersion, digest, items } = promised
      expect({ system, apiVersion, digest, items }).toEqual(untouched(system))
    }
  })

  it('includes groups of operations, promised and implemented', () => {
    const [drills] = testkit.boundary.contract().find(({ system }) => system === 'faults')?.groups ?? []
    expect(drills).toEqual({
      name: 'drills',
      operations: ['panic', 'stick', 'vanish'],
      contract: 0b111,
      implemented: 0b011,
    })
  })

  it('includes what came of comparing faster implementations with their references', () => {
    const { reports } = testkit.boundary.contract().find(({ system }) => system === 'faults') ?? {}
    const difference = { input: '7', expected: '14', found: '0' }
    expect(reports).toEqual([{ name: 'double', candidate: 'shift', agreed: 7, difference }])
  })

  it('is refused where more is implemented than promised', () => {
    const group = { name: 'drills', operations: ['one', 'two'], contract: 0b01, implemented: 0b11 }
    const found = { ...types, groups: [group], reports: [] }
    const error = thrownBy(() => {
      checkContract(types, found)
    })
    expect(error).toMatchObject({
      code: 'ERR_CONTRACT',
      details: { system: 'types', item: 'drills', expected: ['one'], found: ['two'] },
    })
    checkContract(types, { ...found, groups: [{ ...group, contract: 0b11 }] })
  })

  it('has a digest that depends on every item', () => {
    // FNV-1a 64, RFC 9923, over the items with a line end each: computed here by another way than the binary's.
    const digestOf = (items: readonly string[]): string => {
      let hash = 0xcbf29ce484222325n
      for (const byte of Buffer.from(items.map((item) => `${item}\n`).join(''))) {
        hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
      }
      return hash.toString(16).padStart(16, '0')
    }
    for (const { items, digest } of contracts) expect(digestOf(items)).toBe(digest)
  })
})

describe('the handshake', () => {
  it('agrees to exactly its own version', () => {
    expect(apiVersion()).toBe(versions.boundaryAbi)
    handshake(apiVersion())
  })

  it.each([0, 2, -1, 1.5, 2 ** 32, 2 ** 32 + 1, NaN, Infinity])('refuses %s', (expected) => {
    const refused = {
      code: 'ERR_CONTRACT',
      operation: 'handshake',
      details: { item: 'apiVersion', expected, found: 1 },
    }
    expect(() => handshake(expected)).toThrow(expect.objectContaining(refused) as FerruleError)
  })

  it.each([undefined, null, '1', 1n, {}])('refuses %s, which is no number', (expected) => {
    const refused = { code: 'ERR_INVALID_ARG_TYPE', operation: 'handshake' }
    expect(() => handshake(expected as never)).toThrow(expect.objectContaining(refused) as FerruleError)
  })
})
