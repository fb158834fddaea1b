// What a row of the rule table shows from Node: calls and their results, calls that are refused, and stories of several calls.
// The same table is run on the JavaScript thread, on the pool, through the Sync doors, and all of it in a Worker.
import assert from 'node:assert/strict'
import { TASK } from './names.js'
import { stoppedAtOnce, stopTwice } from './stopping.js'

/**
 * The ways to call an item: at once; as a task on the pool; through the task's Sync door; as a task that is stopped twice while
 * it waits for a thread, by its signal and by its deadline, and only then called for good.
 */
export const FORMS = ['sync', 'task', 'door', 'stopped'] as const
export type Form = (typeof FORMS)[number]

type Args = readonly unknown[]

type Callable = (...args: Args) => unknown
/** A function, a class with its static methods, or a value: the package is generated when the tests run, so nothing is known. */
export type Member = Callable & (new (...args: Args) => object) & Readonly<Record<string, Callable>>
/** The exports of the package, as a user has them. */
export type Sink = Readonly<Record<string, Member>>

export interface Row {
  /** Calls of the module's functions, with what each gives. */
  readonly gives?: readonly (readonly [call: string, args: Args, result: unknown])[]
  /** Calls that are refused, with the code; the arguments are made anew for each door. */
  readonly refuses?: readonly (readonly [call: string, args: Args | (() => Args), code: string])[]
  /** What takes objects, or several calls. */
  readonly stories?: Readonly<Record<string, (at: Caller) => Promise<void> | void>>
  /** Futures of the lane, each with its Sync door. */
  readonly later?: readonly (readonly [call: string, args: Args, result: unknown])[]
  /** Why none of the row's items leaves the JavaScript thread. */
  readonly stays?: string
}

/** Calls the package through one of its doors. */
export class Caller {
  readonly sink: Sink
  readonly form: Form

  constructor(sink: Sink, form: Form) {
    this.sink = sink
    this.form = form
  }

  /** A function of the module, or a method of `target`. Items without a task are called at once. */
  call(target: object | string, ...rest: Args): Promise<unknown> {
    const [object, name, args] =
      typeof target === 'string' ? [this.sink, target, rest] : [target, String(rest[0]), rest.slice(1)]
    // What is thrown at once rejects, so that one way to look at it will do.
    return new Promise((resolve) => {
      resolve(this.#through(object as Readonly<Record<string, Callable>>, name, args))
    })
  }

  /** A new object of a class. */
  async make(type: string, ...args: Args): Promise<object> {
    const constructor = this.class(type)
    if (this.form === 'sync') return new constructor(...args)
    return (await this.call(constructor, 'new', ...args)) as object
  }

  /** A static method. */
  async from(type: string, name: string, ...args: Args): Promise<object> {
    return (await this.call(this.class(type), name, ...args)) as object
  }

  class(type: string): Member {
    const found = this.sink[type]
    assert.ok(found !== undefined, `there is no ${type}`)
    return found
  }

  #through(object: Readonly<Record<string, Callable>>, name: string, args: Args): unknown {
    const task = object[name + TASK] === undefined ? undefined : name + TASK
    if (task === undefined || this.form === 'sync') {
      assert.equal(typeof object[name], 'function', `${name} is no function`)
      return object[name]?.(...args)
    }
    if (this.form === 'door') return object[`${task}Sync`]?.(...args)
    const start = object[task]
    assert.ok(start !== undefined)
    const begin = (options?: object): Promise<unknown> => {
      // Behind every parameter, those that may be left out too.
      const promise = start.call(object, ...padded(args, start.length - 1), ...(options === undefined ? [] : [options]))
      assert.ok(promise instanceof Promise, `${task} gives no promise`)
      return promise
    }
    return this.form === 'stopped' ? stopTwice(this.sink, begin) : begin()
  }
}

const padded = (args: Args, length: number): Args =>
  Array.from({ length: Math.max(length, args.length) }, (_, at) => args[at])

/** The code a call is refused with. */
export async function codeOf(call: () => unknown): Promise<string> {
  try {
    await call()
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (typeof code === 'string' && (error as Error).name === 'KitchenSinkError') return code
    throw error
  }
  return 'nothing thrown'
}

/** Runs everything of a row through one form of its doors; throws at the first thing that is not as the row says. */
export async function runRow(row: Row, sink: Sink, form: Form): Promise<void> {
  const at = new Caller(sink, form)
  for (const [name, args, result] of row.gives ?? []) {
    assert.deepStrictEqual(await at.call(name, ...args), result, `${name}(${shown(args)})`)
  }
  for (const [name, made, code] of form === 'stopped' ? [] : (row.refuses ?? [])) {
    const args = typeof made === 'function' ? made() : made
    const found = await codeOf(() => at.call(name, ...args))
    assert.equal(found, code, `${name}(${shown(args)})`)
  }
  for (const [behaviour, story] of Object.entries(row.stories ?? {})) {
    try {
      await story(at)
    } catch (error) {
      const said = error instanceof Error ? (error.stack ?? error.message) : String(error)
      throw new Error(`${behaviour}: ${said}`, { cause: error })
    }
  }
  if (form === 'sync') return
  for (const [name, args, result] of row.later ?? []) {
    if (form === 'stopped') await stoppedAtOnce((options) => sink[name]?.(...args, options))
    const value: unknown = form !== 'door' ? await sink[name]?.(...args) : sink[`${name}Sync`]?.(...args)
    assert.deepStrictEqual(value, result, `${name}(${shown(args)})`)
  }
}

const shown = (args: Args): string =>
  args
    .map((arg) => describe(arg))
    .join(', ')
    .slice(0, 200)

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60))
  if (typeof value === 'bigint') return `${String(value)}n`
  if (typeof value === 'object' && value !== null) return Object.prototype.toString.call(value)
  return String(value)
}
