// Iterators of a crate, wrapped and used: read in batches that nobody notices, ended in every way there is.
import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isFerruleError } from 'ferrule/boundary'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../docs/markdown.js'

interface Walk<T> extends IterableIterator<T> {
  return: () => IteratorResult<T, undefined>
  dispose: () => void
  readonly isDisposed: boolean
}

interface Naturals extends Walk<number> {
  peek: () => number
  same: (other: Naturals) => boolean
  clone: () => Naturals
}

interface Row {
  text: () => string
  next: () => Row | null
  dispose: () => void
}

interface Api {
  Naturals: { startingAt: (start: number) => Naturals }
  fuse: (length: number, bang?: number | null) => Walk<number> & { nextBack: () => number | null }
  meter: () => Walk<number> & { read: () => number }
  numbers: (text: string) => Walk<number>
  fields: (text: string) => Walk<string> & { rest: () => string; nextBack: () => string | null }
  capitals: (text: string) => string[]
  powers: (base: number) => Walk<number>
  evens: (from: number) => Walk<number>
  falling: (end: number) => number[]
  wordsOf: (text: string) => string[]
  tape: (text: string) => { length: number }
  letters: (text: string) => string[]
  Sheet: { parse: (text: string) => { rows: () => Walk<Row> & { first: () => Row | null }; dispose: () => void } }
}

/** Types whose lifetimes cannot be shortened: only the compiler knows. */
const UNKEPT = `
pub struct Tape<'t>(std::sync::Mutex<&'t str>);
impl<'t> Tape<'t> {
    pub fn of(text: &'t str) -> Self { Tape(std::sync::Mutex::new(text)) }
    pub fn length(&self) -> usize { self.0.lock().unwrap().len() }
    pub fn starts_with(&self, start: &str) -> bool { self.0.lock().unwrap().starts_with(start) }
    pub fn spool(&self) -> Spool<'t> { Spool { text: std::cell::Cell::new(*self.0.lock().unwrap()) } }
}
pub struct Spool<'t> { text: std::cell::Cell<&'t str> }
impl<'t> Spool<'t> {
    pub fn rest(&self) -> &'t str { self.text.get() }
}
impl<'t> Iterator for Spool<'t> {
    type Item = char;
    fn next(&mut self) -> Option<char> {
        let letter = self.text.get().chars().next()?;
        self.text.set(&self.text.get()[letter.len_utf8()..]);
        Some(letter)
    }
}
pub fn letters(text: &str) -> Spool<'_> { Spool { text: std::cell::Cell::new(text) } }
pub fn tape(text: &str) -> Tape<'_> { Tape::of(text) }
`

const scratch = mkdtempSync(join(tmpdir(), 'ferrule-iterators-'))
const folder = join(scratch, 'walks-node')
let api: Api

beforeAll(() => {
  mkdirSync(join(scratch, 'walks', 'src'), { recursive: true })
  cpSync(new URL('kitchen-sink/src/iterators.rs', import.meta.url), join(scratch, 'walks', 'src', 'lib.rs'))
  appendFileSync(join(scratch, 'walks', 'src', 'lib.rs'), UNKEPT)
  writeFileSync(
    join(scratch, 'walks', 'Cargo.toml'),
    '[package]\nname = "walks"\nversion = "1.0.0"\nedition = "2021"\nlicense = "MIT"\n[workspace]\n',
  )
  const cli = join(root, 'dist', 'wrap', 'cli.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'wrap', './walks', '--json'], {
    cwd: scratch,
    env: {
      ...process.env,
      FERRULE_CACHE: join(scratch, 'cache'),
      CARGO_TARGET_DIR: join(root, 'target', 'wrap-test'),
    },
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  // Those generated for the package ran, too.
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, rejected: [], tests: { failed: 0 } })
  api = createRequire(import.meta.url)(folder) as Api
}, 20 * 60_000)

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
})

function codeOf(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (isFerruleError(error)) return error.code
    throw error
  }
  return 'nothing thrown'
}

/** The first items, with the iterator left alone afterwards. */
function take<T>(of: Iterator<T>, count: number): T[] {
  return Array.from({ length: count }, () => of.next().value as T)
}

describe('an iterator', () => {
  it('gives its items, is disposed when there are no more, and says so for ever', () => {
    const fuse = api.fuse(1000)
    expect([...fuse]).toEqual(Array.from({ length: 1000 }, (_, at) => at))
    expect(fuse.isDisposed).toBe(true)
    expect([fuse.next(), [...fuse]]).toEqual([{ done: true, value: undefined }, []])
  })

  it('that never ends is read as far as it is asked for', () => {
    const numbers: number[] = []
    const naturals = api.Naturals.startingAt(1)
    for (const number of naturals) {
      numbers.push(number)
      if (number === 600) break
    }
    expect(numbers).toHaveLength(600)
    expect(naturals.isDisposed).toBe(true)
  })

  it.each(['break', 'throw', 'using', 'return'])('is disposed by %s', (how) => {
    const fuse = api.fuse(9)
    const leave = (): void => {
      for (const number of fuse) {
        if (number < 3) continue
        if (how === 'throw') throw new Error('out')
        if (how === 'break') break
        if (how === 'return') return
        if (how === 'using') {
          ;(fuse as unknown as Disposable)[Symbol.dispose]()
          return
        }
      }
    }
    if (how === 'throw') expect(leave).toThrow('out')
    else leave()
    expect(fuse.isDisposed).toBe(true)
  })

  it('that is disposed between two items is refused like every object, whatever was read ahead', () => {
    const fuse = api.fuse(9)
    expect(take(fuse, 4)).toEqual([0, 1, 2, 3])
    fuse.dispose()
    expect(codeOf(() => fuse.next())).toBe('ERR_HANDLE_CLOSED')
    expect(codeOf(() => [...fuse])).toBe('ERR_HANDLE_CLOSED')
  })

  it('that panics has given what came before, and then ends', () => {
    const fuse = api.fuse(9, 6)
    const seen: number[] = []
    const all = (): void => {
      for (const number of fuse) seen.push(number)
    }
    expect(all).toThrow(expect.objectContaining({ code: 'ERR_PANIC', operation: 'walks.Fuse.next' }))
    expect(all).not.toThrow()
    expect(seen).toEqual([0, 1, 2, 3, 4, 5])
    expect(fuse.isDisposed).toBe(true)
    expect(codeOf(() => api.fuse(1, 0).next())).toBe('ERR_PANIC')
  })

  it('whose items may be errors throws each at its place, and goes on behind it', () => {
    const numbers = api.numbers('1 2 three 4 5 six')
    expect(take(numbers, 2)).toEqual([1, 2])
    expect(() => numbers.next()).toThrow('three is no number')
    expect(take(numbers, 2)).toEqual([4, 5])
    expect(codeOf(() => numbers.next())).toBe('ERR_WALKS')
    expect(numbers.next()).toEqual({ done: true, value: undefined })
  })

  it('gives its last item from the other end, what was read ahead included', () => {
    const fuse = api.fuse(6)
    expect(take(fuse, 2)).toEqual([0, 1])
    expect(take(fuse, 1)).toEqual([2])
    expect([fuse.nextBack(), fuse.nextBack(), fuse.nextBack(), fuse.nextBack()]).toEqual([5, 4, 3, null])
    expect(fuse.next().done).toBe(true)
    const other = api.fuse(6)
    expect(take(other, 2)).toEqual([0, 1])
    expect([other.nextBack(), ...other]).toEqual([5, 2, 3, 4])
  })
})

describe('an iterator that can be looked at', () => {
  it('stands where its user is, though it reads ahead', () => {
    const naturals = api.Naturals.startingAt(0)
    for (let at = 0; at < 300; at += 1) {
      expect(naturals.next().value).toBe(at)
      if (at % 7 === 0) expect(naturals.peek()).toBe(at + 1)
    }
    const copy = naturals.clone()
    expect(naturals.same(copy)).toBe(true)
    expect([take(copy, 3), take(naturals, 2)]).toEqual([
      [300, 301, 302],
      [300, 301],
    ])
    expect(naturals.same(copy)).toBe(false)
    expect(copy.same(naturals)).toBe(false)
  })

  it('and has no copy reads one at a time, and stays when it has ended', () => {
    const meter = api.meter()
    expect([meter.next().value, meter.read(), meter.next().value, meter.read()]).toEqual([1, 1, 2, 2])
    expect([...meter]).toEqual([3, 4, 5])
    expect(meter.read()).toBe(5)
    meter.dispose()
    expect(codeOf(() => meter.read())).toBe('ERR_HANDLE_CLOSED')
  })

  it('borrows text, and gives what was not read', () => {
    const fields = api.fields('a,b,c,d,e,f')
    expect([take(fields, 2), fields.rest(), fields.nextBack(), fields.rest()]).toEqual([
      ['a', 'b'],
      'c,d,e,f',
      'f',
      'c,d,e',
    ])
    expect([...fields]).toEqual(['c', 'd', 'e'])
    expect(fields.rest()).toBe('')
  })
})

describe('an iterator over objects that borrow', () => {
  it('outlives what it came from, and so do its items', () => {
    const sheet = api.Sheet.parse('one\ntwo\nthree')
    const rows = sheet.rows()
    sheet.dispose()
    const all = [...rows]
    rows.dispose()
    expect(all.map((row) => row.text())).toEqual(['one', 'two', 'three'])
    expect(all[0]?.next()?.text()).toBe('two')
  })

  it('gives others of them besides its items', () => {
    const rows = api.Sheet.parse('one\ntwo').rows()
    expect(take(rows, 2).map((row) => row.text())).toEqual(['one', 'two'])
    expect(rows.first()?.text()).toBe('one')
  })

  it('that panics has given what came before', () => {
    const rows = api.Sheet.parse('one\ntwo\ntorn\nfour').rows()
    expect(take(rows, 2).map((row) => row.text())).toEqual(['one', 'two'])
    expect(codeOf(() => rows.next())).toBe('ERR_PANIC')
    expect(rows.next().done).toBe(true)
  })
})

describe('an iterator without a name', () => {
  it('is an array when it has something to walk, or says that it ends', () => {
    expect(api.capitals('aBcD')).toEqual(['B', 'D'])
    expect(api.wordsOf('a b')).toEqual(['a', 'b'])
    expect(api.falling(3)).toEqual([2, 1, 0])
  })

  it('is read when it is asked for otherwise', () => {
    const powers = api.powers(2)
    expect(take(powers, 40).at(-1)).toBe(2 ** 39)
    expect(powers.return()).toEqual({ done: true, value: undefined })
    expect([powers.isDisposed, powers.next().done]).toEqual([true, true])
    const other = api.powers(2)
    other.dispose()
    expect(() => other.next()).toThrow(
      expect.objectContaining({
        code: 'ERR_HANDLE_CLOSED',
        operation: 'walks.powers.next',
        details: expect.objectContaining({ argument: 'this' }) as unknown,
      }),
    )
  })

  it('gives what there is before an item that does not cross, and before a panic', () => {
    const powers = api.powers(10)
    expect(take(powers, 16).at(-1)).toBe(10 ** 15)
    // Beyond what a number holds, three times; then there is no room in Rust for the one behind the next.
    const codes = Array.from({ length: 5 }, () => codeOf(() => powers.next()))
    expect(codes).toEqual([...Array<string>(3).fill('ERR_OUT_OF_RANGE'), 'ERR_PANIC', 'nothing thrown'])
    expect(powers.next().done).toBe(true)
  })

  it('is thrown in its place when the call fails', () => {
    expect(take(api.evens(4), 3)).toEqual([4, 6, 8])
    expect(codeOf(() => api.evens(3))).toBe('ERR_WALKS')
  })
})

it('what the compiler does not let into a cell is a record, or an array, and the rest is as it was', () => {
  expect(api.tape('abc')).toEqual({ length: 3 })
  expect(api.letters('abc')).toEqual(['a', 'b', 'c'])
  const spec = readFileSync(join(folder, 'src', 'walks', 'walks.wrapper_spec'), 'utf8')
  expect(spec).toMatch(/view-unkept \(\d+\)\n(?:# +.*\n)*# +walks::Tape: /)
  expect(spec).not.toContain('rejected')
})

it('works in a Worker, and ends with it in the middle', () => {
  const code = `
    const { Worker, isMainThread } = require('node:worker_threads')
    const inside = ${JSON.stringify(`
      const { Naturals, Sheet } = require(${JSON.stringify(folder)})
      const { parentPort } = require('node:worker_threads')
      const naturals = Naturals.startingAt(1)
      let sum = 0
      for (const number of naturals) { sum += number; if (number === 100) break }
      const rows = Sheet.parse('one\\ntwo').rows()
      parentPort.postMessage([sum, rows.next().value.text()])
      Naturals.startingAt(7).next()
    `)}
    new Worker(inside, { eval: true }).once('message', (message) => console.log(JSON.stringify(message)))`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' })
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '[5050,"one"]\n', stderr: '' })
})

it('has the types of an iterator', () => {
  const types = readFileSync(join(folder, 'dist', 'walks', 'index.d.ts'), 'utf8')
  expect(types).toContain('class Naturals extends NativeIterator<number>')
  expect(types).toContain('powers(base: number): NativeIterator<number>')
  expect(types).toContain('class Rows extends NativeIterator<Row>')
})
