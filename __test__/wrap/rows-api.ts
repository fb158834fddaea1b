// What the package of fixtures/rows exports, as far as the tests use it: by hand, so that a change of the generator's shows.

interface Options {
  signal?: AbortSignal
  timeoutMs?: number
}

interface Ends {
  readonly isDisposed: boolean
  dispose: () => void
}

interface Word extends Ends {
  equals: (other: Word) => boolean
  hash: () => bigint
}

interface Digest extends Ends {
  hash: () => number
  hash_: () => bigint
}

interface Table extends Ends {
  len: () => number
  first: () => number | null
  push: (row: number) => this
}

interface Ranked extends Table {
  isSame: (other: Table | Word) => boolean
}

interface Frozen extends Ends {
  len: () => number
  thaw: () => Table
}

interface Server extends Ends {
  running: () => number
  answer: (value: number, after: number, options?: Options) => Promise<number>
  answerSync: (value: number, after: number, options?: { timeoutMs: number }) => number
  count: (after: number, options?: Options) => Promise<number>
  half: (value: number, options?: Options) => Promise<number>
  halfSync: (value: number) => number
  broken: (why: string) => Promise<number>
}

export interface Stream<T> extends Ends, AsyncIterableIterator<T> {
  return: () => Promise<IteratorResult<T, undefined>>
}

export interface Source extends Ends {
  alive: () => number
  polled: () => number
  shift: (by: number) => void
  labels: (end: number, label: string, options?: Options) => Stream<string>
  numbers: (end: number, options?: Options) => Stream<number>
  shifted: (end: number) => Stream<number>
  checked: (end: number) => Stream<number>
  words: (end: number) => Stream<Word>
  broken: () => Stream<number>
  silent: (options?: Options) => Stream<number>
  connect: (end: number, options?: Options) => Promise<Stream<number>>
}

interface Countdown extends Ends, AsyncIterable<number> {
  left: () => number
  next: (options?: Options) => Promise<number | null>
  nextSync: () => number | null
}

interface Config extends Ends {
  name: () => string
  setWide: (wide: number) => void
  wide: () => number
  ratio: () => number
  within: (name: string) => Config
  equals: (other: Config) => boolean
  toJSON: () => unknown
}

interface Bell extends Ends {
  onRing: (f: (count: number, who: string) => void) => void
  onLast: (f: (word: Word) => void) => void
  ring: (who: string) => void
  ringLater: (who: string, times: number) => void
  listeners: () => number
}

export interface RowsApi {
  Bell: new () => Bell
  eachOf: (values: readonly number[], f: (value: number) => void) => void
  Config: { new (name: string): Config; fromJSON: (value: unknown) => Config }
  Status: { new (broken: boolean): { toJSON: () => unknown }; fromJSON?: unknown }
  echo: (value: unknown) => unknown
  sizes: (values: readonly unknown[]) => (number | null)[]
  byKey: (values: ReadonlyMap<string, unknown>, key: string) => unknown
  kind: (value: unknown) => string
  nested: (levels: number) => unknown
  echoLater: (value: unknown) => Promise<unknown>
  Server: new () => Server
  double: (value: number) => Promise<number>
  Source: new () => Source
  Ticks: { upTo: (end: number) => Countdown }
  pulses: (every: number, options?: Options) => Stream<number>
  later: (end: number) => Promise<Stream<number>>
  Word: new (text: string) => Word
  Digest: { of: (value: number) => Digest }
  Table: new () => Table
  Ranked: new () => Ranked
  Frozen: new (table: Table) => Frozen
  Meters: new (value: number) => { value: () => number }
  Name: new (text: string) => { toString: () => string }
  Title: { new (text: string): { asStr: () => string }; prototype: object }
  Packet: new (bytes: Uint8Array) => { toBytes: () => Uint8Array }
  Path: new (steps: readonly number[]) => { toArray: () => number[] }
}
