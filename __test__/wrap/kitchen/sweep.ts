// Every value that JavaScript has, for every argument of every export: the package accepts it, or refuses it by a typed error, or
// lets through what the value itself threw. How often each happened is said; that the process lives says the rest.
import { detached, LONE } from './names.js'
import type { Member, Sink } from './row.js'

const thrown = new Error('thrown by the value')
const throwing = (): never => {
  throw thrown
}

/** An object that throws wherever it is looked at. */
const trap = new Proxy({}, new Proxy({}, { get: () => throwing }))

const values: readonly (readonly [name: string, make: () => unknown])[] = [
  ['undefined', () => undefined],
  ['null', () => null],
  ['true', () => true],
  ['zero', () => 0],
  ['minus zero', () => -0],
  ['NaN', () => NaN],
  ['infinity', () => -Infinity],
  ['a fraction', () => 0.5],
  ['a huge number', () => 1e300],
  ['beyond safe integers', () => 2 ** 53],
  ['a bigint', () => 1n],
  ['a huge bigint', () => 2n ** 2000n],
  ['an empty text', () => ''],
  ['a text', () => 'left'],
  ['a lone surrogate', () => LONE],
  ['a long text', () => 'x'.repeat(10_000)],
  ['a symbol', () => Symbol('s')],
  ['a function', () => () => 1],
  ['a function that throws', () => throwing],
  ['a class', () => Error],
  ['an empty array', () => []],
  ['nested arrays', () => [[['a', 1], [1]], [[]], [[null]]]],
  ['an array of 2 ** 32 - 1 holes', () => new Array<unknown>(2 ** 32 - 1)],
  ['an array whose getter throws', () => Object.defineProperty([1], 0, { get: throwing })],
  ['an array in itself', () => { const all: unknown[] = []; all.push(all); return all }], // prettier-ignore
  ['an object', () => ({ kind: 'circle', x: 1 })],
  ['an object without a prototype', () => Object.create(null) as unknown],
  ['an object whose getters throw', () => ({ get x(): never { return throwing() }, get kind(): never { return throwing() } })], // prettier-ignore
  ['a trap', () => trap],
  ['a revoked proxy', () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy }], // prettier-ignore
  ['a map', () => new Map<unknown, unknown>([[{}, []]])],
  ['a map of itself', () => { const map = new Map<unknown, unknown>(); map.set('a', map); return map }], // prettier-ignore
  ['a date without a time', () => new Date(NaN)],
  ['bytes', () => new Uint8Array(3)],
  ['bytes that are gone', () => detached()],
  ['shared bytes', () => new Uint8Array(new SharedArrayBuffer(3))],
  ['a promise', () => Promise.resolve(1)],
]

/** Objects whose methods take something, and how they are made. */
const OBJECTS: readonly (readonly [type: string, maker: string, ...args: readonly unknown[]])[] = [
  ['Jar', 'of', 5],
  ['Pile', 'empty'],
  ['Recipe', 'blank'],
  ['Label', 'titled', 'a'],
  ['Sheep', 'called', 'a'],
  ['Mark', 'of', 1],
  ['Weight', 'of', 1],
  ['Amount', 'of', 1],
  ['Register', 'of', 1],
  ['Shelf', 'with', ['a']],
  ['TextHolder', 'of', 'a'],
  ['Scroll', 'open', 'a'],
]

/** What a call did: its result, or the code it was refused with. */
async function outcome(call: () => unknown): Promise<string> {
  try {
    await call()
    return 'accepted'
  } catch (error) {
    if (error === thrown) return 'let through'
    const { code, name } = error as { code?: unknown; name?: unknown }
    if (name === 'KitchenSinkError' && typeof code === 'string') return code
    // The language's own: a revoked proxy, a class called without `new`.
    if (error instanceof TypeError && /proxy|revoked|without 'new'/.test(error.message)) return 'let through'
    return `untyped: ${String(error)}`
  }
}

export async function sweep(sink: Sink, fact: (text: string) => void): Promise<void> {
  const tally = new Map<string, number>()
  const untyped: string[] = []
  const tryCall = async (what: string, call: (value: () => unknown) => unknown): Promise<void> => {
    for (const [name, make] of values) {
      const found = await outcome(() => call(make))
      if (found.startsWith('untyped')) untyped.push(`${what} of ${name}: ${found}`)
      const key = found.startsWith('untyped') ? 'untyped' : found
      tally.set(key, (tally.get(key) ?? 0) + 1)
    }
  }
  for (const [name, member] of Object.entries(sink).filter(([key]) => isTried(key))) {
    if (typeof member !== 'function') continue
    if (isClass(member)) {
      await tryCall(`new ${name}`, (value) => new member(value(), value(), value()))
      for (const [method, of] of Object.entries(Object.getOwnPropertyDescriptors(member))) {
        const call: unknown = of.value
        if (typeof call === 'function' && isTried(method))
          await tryCall(`${name}.${method}`, (value) => call.call(member, ...filled(call, value)) as unknown)
      }
    } else await tryCall(name, (value) => member(...filled(member, value)))
  }
  for (const [type, maker, ...args] of OBJECTS) {
    const make = (): object => sink[type]?.[maker]?.(...args) as object
    for (const method of Object.getOwnPropertyNames(Object.getPrototypeOf(make()))) {
      if (method === 'constructor') continue
      await tryCall(`${type}#${method}`, (value) => {
        const object = make() as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>
        const call = object[method]
        return call?.apply(object, filled(call, value))
      })
    }
  }
  for (const line of untyped.slice(0, 20)) fact(line)
  const tried = [...tally.values()].reduce((sum, count) => sum + count, 0)
  if (untyped.length === 0) fact(`typed: ${String(tried > 10_000)}`)
  const refused = [...tally].filter(([key]) => key.startsWith('ERR_')).reduce((sum, [, count]) => sum + count, 0)
  fact(`most are refused: ${String(refused > tried / 2)}`)
  fact(`alive: ${String(sink['half']?.(3))}`)
}

/** As many of the value as there are parameters, the options of a task left out. */
const filled = ({ length, name }: { length: number; name: string }, value: () => unknown): unknown[] =>
  Array.from({ length: Math.max(0, /Task(Sync)?$|Later(Sync)?$/.test(name) ? length - 1 : length) }, value)

/** Not those that wait for somebody, or for ever; nor the class of errors, which is not the crate's. */
const isTried = (name: string): boolean => !/^(?:hold|release|neverQuietly|prototype$|KitchenSinkError$)/.test(name)

const isClass = (member: Member): boolean => /^class\b/.test(Function.prototype.toString.call(member))
