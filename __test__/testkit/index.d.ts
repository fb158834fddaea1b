import type { Boundary, CallOptions, Diagnostics, FerruleErrorClass, SyncCallOptions } from 'ferrule/boundary'
import { NativeObject, RunningObject } from 'ferrule/boundary'

/** A raw export. Its arguments are the contract's to check: that is what the tests are about. */
/** One value of any simple type. */
export type Scalar = null | boolean | number | bigint | string | Uint8Array

export type RawExport = (...args: unknown[]) => unknown

/** A system as the addon opens it, with the types of what the tests call by name. */
type System<Named = unknown> = Record<string, RawExport> & Named

/** A union with data as the boundary sees it. */
export type Shape =
  | ['circle', radius: number]
  | ['path', points: [number, number][], label: string | null]
  | ['none']

interface Types {
  i8: (value: number) => number
  u8: (value: number) => number
  i16: (value: number) => number
  u16: (value: number) => number
  i32: (value: number) => number
  u32: (value: number) => number
  i64: (value: number) => number
  u64: (value: number) => number
  usize: (value: number) => number
  f64: (value: number) => number
  boolean: (value: boolean) => boolean
  string: (value: string) => string
  text: (text: string) => string
  bigI64: (value: bigint) => bigint
  bigU64: (value: bigint) => bigint
  isize: (value: number) => number
  f32: (value: number) => number
  char: (value: string) => string
  bigI128: (value: bigint) => bigint
  bigU128: (value: bigint) => bigint
  ordering: (value: number) => number
  fourBytes: (value: Uint8Array) => Uint8Array
  point: (value: number[]) => number[]
  optionalNames: (value: string[] | null | undefined) => string[] | null
  long: (value: (number | string)[]) => (number | string)[]
  shape: (shape: Shape) => Shape
  shapes: (shapes: Shape[]) => Shape[]
  duration: (milliseconds: number) => number
  date: (value: Date) => Date
  colour: (value: string) => string
  optionText: (value: string | null | undefined) => string | null
  optionNumber: (value: number | null | undefined) => number | null
  numbers: (value: number[]) => number[]
  scalar: (value: Scalar) => Scalar
  scalars: (value: Scalar[]) => Scalar[]
  texts: (value: string[]) => string[]
  tuple: (value: [number, string]) => [number, string]
  nested: (value: [number, boolean | null | undefined][]) => [number, boolean | null][]
  bytesList: (value: Uint8Array[]) => Uint8Array[]
  bytes: (bytes: Uint8Array) => number
  bytesOwned: (bytes: Uint8Array) => Uint8Array
  bytesAndTexts: (bytes: Uint8Array, texts: string[]) => [number, number]
  slicesAndTexts: (slices: Uint8Array[], texts: string[]) => [number, number]
  makeBytes: (length: number, value: number) => Uint8Array
  makeU64: (high: number, low: number) => number
  makeText: (length: number) => string
}

interface Bench {
  nothing: () => void
  add: (a: number, b: number) => number
  textLength: (text: string) => number
  greeting: () => string
  echo: (text: string) => string
  callSync: (times: number, callback: (number: number) => number) => number
  callQueued: (times: number, callback: (number: number) => void) => void
}

interface Objects {
  counterNew: (start: number, weight: number) => number
  counterValue: (counter: number) => number
  counterAdd: (counter: number, amount: number) => number
  boundNew: () => number
  boundNext: (bound: number) => number
}

interface Callbacks {
  callText: (callback: (text: string) => string) => string
  callTwiceIgnoring: (callback: (number: number) => number) => number
  panicAfter: (callback: () => void) => void
  sortBy: (values: number[], compare: (a: number, b: number) => number) => number[]
  keepThrow: (callback: (character: string) => string, panics: boolean) => string
  askHere: (callback: (value: number) => number, value: number) => number
  joinAsking: (callback: (value: number) => number, value: number) => number
  flood: (times: number, callback: (number: number) => void) => number
}

interface Faults {
  panic: (text: string) => void
  refuse: (number: number) => void
  tell: (telling: string, letter: string, missing: number | null) => void
  log: (level: number, text: string) => void
}

export const boundary: Boundary
export const bench: System<Bench>
export const native: System<Bench>
export const types: System<Types>
export const objects: System<Objects>
export const callbacks: System<Callbacks>
export const faults: System<Faults>
export const FaultsError: FerruleErrorClass

/** The public form of any async export: `call('faults.sleep', [10], { signal, timeoutMs })`. */
export function call<T = unknown>(operation: string, args?: readonly unknown[], options?: CallOptions): Promise<T>
/** The public form of any Sync door: `callSync('faults.sleep', [10], { timeoutMs })`. */
export function callSync<T = unknown>(operation: string, args?: readonly unknown[], options?: SyncCallOptions): T
export function addAsync(a: number, b: number, options?: CallOptions): Promise<number>
export function diagnostics(): Diagnostics

export class Gauge extends NativeObject {
  constructor(limit: number)
  accepts(text: string): boolean
}

export class Counter extends NativeObject {
  constructor(start?: number, weight?: number)
  /** The handle itself, for tests that misuse it. */
  get number(): number
  get value(): number
  add(amount: number): number
  addWith(callback: (value: number) => number): number
  visit(callback: (value: number) => void): number
  panic(): void
  addSlowly(amount: number, milliseconds: number, options?: CallOptions): Promise<number>
  readSlowly(milliseconds: number, options?: CallOptions): Promise<number>
  addLater(amount: number, milliseconds: number, options?: CallOptions): Promise<number>
  panicSlowly(options?: CallOptions): Promise<number>
  panicLater(options?: CallOptions): Promise<number>
  panicLaterSync(): number
  view(): View
}

declare class View extends NativeObject {
  private constructor()
  get value(): number
}

/** Lives on its JavaScript thread. */
export class Bound extends NativeObject {
  constructor()
  next(): number
}

export class Numbers extends NativeObject {
  constructor(count: number, panicAt?: number | null)
  next(max: number, options?: CallOptions): Promise<number[] | null>
  stream(max: number, options?: CallOptions): AsyncGenerator<number, void, undefined>
}

/** Can be redeemed once. */
export class Ticket extends NativeObject {
  constructor(name: string)
  get name(): string
  rename(name: string): void
  redeem(): string
  redeemSlowly(milliseconds: number, options?: CallOptions): Promise<string>
}

export class Ticker extends RunningObject {
  constructor(callback: (tick: number) => void)
  start(milliseconds: number): this
  stop(): void
}

export class Keeper extends NativeObject {
  constructor(queued: (value: number) => void, blocking: (value: number) => number | Promise<number>)
  keepAlive(): void
  call(value: number): void
  ask(value: number, options?: CallOptions): Promise<number>
  remove(): void
}
