// What the package of fixtures/rows exports, as far as the tests use it: by hand, so that a change of the generator's shows.

interface Ends {
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

export interface RowsApi {
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
