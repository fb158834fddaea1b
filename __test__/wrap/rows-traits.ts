// `hash`, `deref`, `deref-value`, called from Node.
import { describe, expect, it } from 'vitest'
import { codeOf, type Rows } from './rows-package.js'

export function traitTests(rows: () => Rows): void {
  describe('hash', () => {
    it('is a bigint of 64 bits that agrees with equals', () => {
      const { Word } = rows().api
      const [lower, upper, other] = [new Word('apple'), new Word('APPLE'), new Word('pear')]
      expect(lower.equals(upper)).toBe(true)
      expect(lower.hash()).toBe(upper.hash())
      expect(lower.hash()).not.toBe(other.hash())
      expect(BigInt.asUintN(64, lower.hash())).toBe(lower.hash())
    })

    it('has another name where the type has a hash of its own', () => {
      const { Digest } = rows().api
      expect(Digest.of(9).hash()).toBe(2)
      expect(Digest.of(9).hash_()).toBe(Digest.of(9).hash_())
      expect(Digest.of(9).hash_()).not.toBe(Digest.of(10).hash_())
    })

    it('contains a panic, and refuses an object that has ended', () => {
      const { Word } = rows().api
      expect(codeOf(() => new Word('').hash())).toBe('ERR_PANIC')
      const word = new Word('a')
      word.dispose()
      expect(codeOf(() => word.hash())).toBe('ERR_HANDLE_CLOSED')
    })
  })

  describe('deref to another class', () => {
    it('forwards the methods that lend and those that change', () => {
      const { Ranked } = rows().api
      const ranked = new Ranked()
      expect(ranked.push(3).push(7)).toBe(ranked)
      expect(ranked.len()).toBe(2)
    })

    it('is hidden by own methods, and gives away nothing that is lent', () => {
      const { Ranked, Table } = rows().api
      const ranked = new Ranked().push(3).push(7)
      const table = new Table().push(3).push(7)
      expect([ranked.first(), table.first()]).toEqual([7, 3])
      expect(ranked.isSame(table)).toBe(true)
      expect('intoRows' in ranked).toBe(false)
    })

    it('forwards no change where only Deref is there', () => {
      const { Frozen, Table } = rows().api
      const frozen = new Frozen(new Table().push(5))
      expect(frozen.len()).toBe(1)
      expect('push' in frozen).toBe(false)
      expect(frozen.thaw().len()).toBe(1)
      expect(codeOf(() => frozen.len())).toBe('ERR_HANDLE_CLOSED')
    })

    it('checks arguments, and contains a panic', () => {
      const { Ranked, Table, Word } = rows().api
      const ranked = new Ranked()
      expect(codeOf(() => ranked.push(-1))).toBe('ERR_OUT_OF_RANGE')
      expect(codeOf(() => ranked.push(13))).toBe('ERR_PANIC')
      expect(codeOf(() => new Ranked().isSame(new Word('a')))).toBe('ERR_HANDLE_TYPE')
      expect(new Ranked().isSame(new Table())).toBe(true)
    })
  })

  describe('deref to a value', () => {
    it('is an accessor by what it is', () => {
      const { Meters, Name, Packet, Path } = rows().api
      expect(new Meters(2.5).value()).toBe(2.5)
      expect(new Name(' ab ').toString()).toBe('ab')
      expect(new Packet(Uint8Array.of(1, 2)).toBytes()).toEqual(Uint8Array.of(1, 2))
      expect(new Path([3, 4]).toArray()).toEqual([3, 4])
    })

    it('is left away where an own method gives the same', () => {
      const { Title } = rows().api
      expect(Object.hasOwn(Title.prototype, 'toString')).toBe(false)
      expect(new Title('x').asStr()).toBe('x')
    })
  })
}
