// Panics wherever code of the crate runs. Each probe runs in a process of its own: what is asserted is that it ends by itself,
// with nothing on stderr, after it was seen to be alive.
import assert from 'node:assert/strict'
import { setTimeout as after } from 'node:timers/promises'
import { PANIC } from './names.js'
import { codeOf, type Member, type Sink } from './row.js'

export interface Panic {
  readonly behaviour: string
  readonly run: (sink: Sink, fact: (text: string) => void) => Promise<void>
}

type Step = readonly [what: string, call: () => unknown, text: string]
type Object = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

/** Each step panics with its own words; then the package still answers. */
async function panicking(sink: Sink, steps: readonly Step[]): Promise<void> {
  for (const [what, call, text] of steps) {
    await assert.rejects(
      () => new Promise((resolve) => { resolve(call()) }), // prettier-ignore
      (error: { code?: string; message: string; details?: { location?: string } }) => {
        assert.equal(error.code, PANIC, `${what}: ${error.message}`)
        assert.ok(error.message.includes(text), `${what}: ${error.message}`)
        // A method that Rust tracks the caller of panics where the glue calls it.
        assert.match(String(error.details?.location), /(?:panics|glue)\.rs:\d+:\d+$/, what)
        return true
      },
    )
    assert.equal(sink['half']?.(3), 1.5, what)
    assert.equal(await sink['halfTask']?.(3), 1.5, what)
    assert.equal(await sink['halfLater']?.(3), 1.5, what)
  }
}

/** A member as a step for each of its doors. */
function doors(
  what: string,
  target: Object | Member | Sink,
  name: string,
  args: readonly unknown[],
  text: string,
): Step[] {
  const call = (member: string) => () => (target as Object)[member]?.(...args)
  const all = [name, `${name}Task`, `${name}TaskSync`].filter((member) => member in target)
  assert.ok(all.length > 0, `there is no ${name}`)
  return all.map((member): Step => [`${what}, ${member}`, call(member), text])
}

const classOf = (sink: Sink, name: string): Member => {
  const found = sink[name]
  assert.ok(found !== undefined, name)
  return found
}

const make = (sink: Sink, name: string, maker: string, ...args: readonly unknown[]): Object =>
  classOf(sink, name)[maker]?.(...args) as Object

/** A fresh object for each door: a panic poisons the one it happened in. */
function methods(made: () => Object, name: string, args: () => readonly unknown[], text: string): Step[] {
  return doors(name, made(), name, args(), text).map(([what], at) => {
    const member = [name, `${name}Task`, `${name}TaskSync`][at] ?? name
    return [what, () => made()[member]?.(...args()), text]
  })
}

const nothing = (): readonly unknown[] => []

const grenade = (sink: Sink, armed: boolean) => (): Object => new (classOf(sink, 'Grenade'))(armed) as Object
const touchy = (sink: Sink) => (): Object => make(sink, 'Touchy', 'calm')
const disposed = (object: unknown): void => {
  ;(object as Disposable)[Symbol.dispose]()
}

export const PANICS: Readonly<Record<string, Panic>> = {
  functions: {
    behaviour: 'in a function, a constructor, a method and a chain is a typed error',
    run: (sink) =>
      panicking(sink, [
        ...doors('function', sink, 'failing', [], 'failed'),
        ...doors('collecting', sink, 'failingItems', [3], 'item 2'),
        ['constructor', () => new (classOf(sink, 'Dud'))(), 'constructed'],
        ...doors('constructor', classOf(sink, 'Dud'), 'new', [], 'constructed').slice(1),
        ...methods(grenade(sink, false), 'pull', nothing, 'pulled'),
        ...methods(grenade(sink, false), 'shake', nothing, 'shaken'),
        ...doors('what is written into', sink, 'failingWriter', [], 'written'),
      ]),
  },

  traits: {
    behaviour:
      'in Clone, Default, PartialEq, Ord, FromStr, From, TryFrom, Index, an operator and Display is a typed error',
    run: (sink) => {
      const [made, sum] = [touchy(sink), () => make(sink, 'Sum', 'of', 1)]
      return panicking(sink, [
        ...methods(made, 'clone', nothing, 'cloned'),
        // Taken by value, it is copied first.
        ...methods(made, 'counted', nothing, 'cloned'),
        ...methods(made, 'neg', nothing, 'cloned'),
        ...methods(made, 'equals', () => [made()], 'equalled'),
        ...methods(made, 'compare', () => [made()], 'compared'),
        ...methods(made, 'at', () => [3], 'indexed at 3'),
        ...methods(sum, 'add', () => [make(sink, 'Sum', 'of', 2)], 'added 1 and 2'),
        ...methods(sum, 'addAssign', () => [5], 'assigned 5'),
        ...methods(grenade(sink, false), 'toString', nothing, 'shown'),
        ...doors('Default', classOf(sink, 'Touchy'), 'default', [], 'defaulted'),
        ...doors('FromStr', classOf(sink, 'Touchy'), 'parse', ['x'], 'parsed x'),
        ...doors('From', classOf(sink, 'Touchy'), 'fromU32', [7], 'converted 7'),
        ...doors('TryFrom', classOf(sink, 'Touchy'), 'fromBool', [true], 'tried true'),
      ])
    },
  },

  iterators: {
    behaviour: 'in an iterator’s next is a typed error, while it is pulled and while it is collected',
    run: async (sink) => {
      const [seen, spool] = [[] as number[], make(sink, 'Spool', 'wound')]
      const pull = (): void => {
        for (const item of spool as unknown as Iterable<number>) seen.push(item)
      }
      await panicking(sink, [
        ['pulled', pull, 'item 3'],
        ...doors('collected', sink, 'failingWalk', ['go stop go'], 'walked'),
      ])
      // What came before it in the same crossing may be lost, never made up.
      assert.deepStrictEqual(seen, [1, 2].slice(0, seen.length))
      assert.deepStrictEqual(sink['failingWalk']?.('go go'), ['go', 'go'])
    },
  },

  results: {
    behaviour:
      'while a result or an error is made is a typed error: getters of a record, Display of a result, of an error',
    run: (sink) =>
      panicking(sink, [
        ...doors('getter', sink, 'spark', ['a'], 'looked at'),
        ...doors('Display of a result', sink, 'shy', [], 'displayed'),
        ...doors('Display of an error', sink, 'unspeakable', [], 'spoken'),
        ...doors('Drop of an error', sink, 'barbed', [], 'error dropped'),
      ]),
  },

  callbacks: {
    behaviour: 'after a callback is a typed error, and what a callback threw comes first',
    run: async (sink) => {
      const { failingAfter } = sink
      const mine = new Error('mine')
      const throwing = (): never => {
        throw mine
      }
      await panicking(sink, [
        ['after', () => failingAfter?.(2, (value: number) => value * 2), 'after 4'],
        ['inside', () => failingAfter?.(2, () => failingAfter(9, (value: number) => value)), 'after 9'],
        ['in a callback of another', () => sink['twice']?.(1, () => sink['failing']?.()), 'failed'],
      ])
      assert.throws(
        () => failingAfter?.(1, throwing),
        (error) => error === mine,
      )
    },
  },

  futures: {
    behaviour: 'in an async block is a typed error, before and after it waited, and when it is dropped',
    run: async (sink, fact) => {
      const { neverQuietly } = sink
      await panicking(sink, [
        ['lane', () => sink['failingLater']?.(), 'later'],
        ['Sync door', () => sink['failingLaterSync']?.(), 'later'],
        ['after it waited', () => sink['failingAfterWait']?.(), 'after the wait'],
        ['after it waited, Sync door', () => sink['failingAfterWaitSync']?.(), 'after the wait'],
        ['method', () => grenade(sink, false)()['pullLater']?.(), 'pulled later'],
        ['method, Sync door', () => grenade(sink, false)()['pullLaterSync']?.(), 'pulled later'],
      ])
      const controller = new AbortController()
      const stopped = neverQuietly?.({ signal: controller.signal }) as Promise<unknown>
      const late = codeOf(() => neverQuietly?.({ timeoutMs: 5 }))
      await after(5)
      controller.abort('enough')
      await assert.rejects(stopped, (reason) => reason === 'enough')
      fact(`dropped by its signal; by its deadline: ${await late}`)
      fact(`Sync door: ${await codeOf(() => sink['neverQuietlySync']?.({ timeoutMs: 5 }))}`)
      await panicking(sink, [])
      // One more is dropped when the environment ends.
      void (neverQuietly?.() as Promise<unknown>).catch(() => undefined)
      fact('leaving')
      process.exit(0)
    },
  },

  destructors: {
    behaviour:
      'in a destructor is contained: of an object that is disposed, consumed, in a list, in an argument, left to the end',
    run: async (sink) => {
      const armed = grenade(sink, true)
      disposed(armed())
      const { Grenade } = sink
      assert.equal(await codeOf(() => armed()['throw']?.()), PANIC)
      assert.equal(await codeOf(() => armed()['throwTask']?.()), PANIC)
      assert.equal(await codeOf(() => armed()['throwTaskSync']?.()), PANIC)
      assert.equal(grenade(sink, false)()['throw']?.(), false)
      const many = [
        ...(Grenade?.['many']?.(3, true) as Object[]),
        ...((await Grenade?.['manyTask']?.(2, true)) as Object[]),
      ]
      for (const one of many) disposed(one)
      // Its destructor panics while a panic of its own is on its way to JavaScript: it is poisoned first, and ended later.
      const pulled = armed()
      assert.equal(await codeOf(() => pulled['pull']?.()), PANIC)
      disposed(pulled)
      await panicking(sink, [['after', () => sink['failing']?.(), 'failed']])
      for (let left = 0; left < 3; left += 1) armed()
      void Grenade?.['newTask']?.(true)
    },
  },

  collected: {
    behaviour: 'in the destructor of an object that is collected is contained',
    run: async (sink) => {
      const { gc } = globalThis as { gc?: () => void }
      assert.ok(gc !== undefined, 'runs with --expose-gc')
      const seen = new Set<string>()
      const registry = new FinalizationRegistry<string>((name) => void seen.add(name))
      ;((): void => {
        registry.register(grenade(sink, true)(), 'grenade')
      })()
      for (let round = 0; round < 200 && !seen.has('grenade'); round += 1) {
        gc()
        await after(5)
      }
      assert.ok(seen.has('grenade'), 'it was never collected')
      await after(20)
      await panicking(sink, [['after', () => sink['failing']?.(), 'failed']])
    },
  },

  payloads: {
    behaviour: 'is a typed error whatever it carries: no text, controls, a value whose destructor panics',
    run: async (sink) => {
      for (const name of ['failingWithNumber', 'failingTwice', 'failingWithControls']) {
        for (const door of [name, `${name}Task`, `${name}TaskSync`]) {
          assert.equal(await codeOf(() => sink[door]?.()), PANIC, door)
        }
      }
      await panicking(sink, [...doors('controls', sink, 'failingWithControls', [], '*/ `${x}`')])
    },
  },

  poison: {
    behaviour: 'ends the object it happened in, and no other',
    run: async (sink) => {
      const [sum, other] = [make(sink, 'Sum', 'of', 1), make(sink, 'Sum', 'of', 5)]
      assert.equal(await codeOf(() => sum['addAssign']?.(1)), PANIC)
      assert.equal(await codeOf(() => sum['value']?.()), PANIC)
      assert.equal(await codeOf(() => sum['clone']?.()), PANIC)
      assert.equal(await codeOf(() => other['add']?.(sum)), PANIC)
      assert.equal(other['value']?.(), 5)
      disposed(sum)
      assert.equal(await codeOf(() => sum['value']?.()), 'ERR_HANDLE_CLOSED')
    },
  },
}
