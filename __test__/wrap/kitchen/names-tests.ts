// Names and documentation that would break what is generated: everything compiled, so what is left to see is that it works and
// that nothing of the crate's words got out of the comments and texts it stands in.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { generatedText, packageFolder, type Cooked } from './cook.js'
import type { Sink } from './row.js'

type Object = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

/** Controls, and what changes how the text around it is shown; line breaks are fine. */
const UNWANTED =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/

export function namesTests(cooked: () => Cooked): void {
  const call = (name: string, ...args: readonly unknown[]): unknown => cooked().sink[name]?.(...args)
  const made = (type: string, ...args: readonly unknown[]): Object => {
    const found = cooked().sink[type]
    if (found === undefined) throw new Error(`there is no ${type}`)
    return new found(...args) as Object
  }

  describe('functions with names that mean something else', () => {
    it.each([
      ['delete', [1], 1],
      ['function', [1, 2, 3], 6],
      ['yield', [], 1],
      ['match', [2, 3], 6],
      ['await', [true], true],
      ['eval', ['a'], 'A'],
      ['undefined', [], null],
      ['require', [5, 2], 3],
      ['native', [1, 2], 3],
      ['native', [1], 1],
      ['adopt', [1, 2], 3],
      ['namesRegister', [1, 2], 3],
      ['toString', [5], '5'],
      ['proto', [4], 4],
      ['namesThen', [3], 3],
      ['größe', [2], 4],
      ['static', [], 2],
    ])('%s%o gives %o', async (name, args, result) => {
      expect(call(name, ...args)).toEqual(result)
      expect(await call(`${name}Task`, ...args)).toEqual(result)
    })

    it('are there for ES modules too, and `import()` takes none of them for a promise', async () => {
      const module = (await import(pathToFileURL(join(packageFolder, 'dist', 'index.mjs')).href)) as Sink
      expect(Object.keys(module).sort()).toEqual(Object.keys(cooked().sink).sort())
      expect(module['delete']?.(1)).toBe(1)
      expect('then' in module || 'default' in module).toBe(false)
    })
  })

  describe('types with names of the language', () => {
    it('leave what every object has to every object', async () => {
      const map = made('Map', 7)
      expect([map['constructor_']?.(), map['prototype_']?.(), map['dispose_']?.()]).toEqual([7, 8, 9])
      expect([map['handle_']?.(), map['isDisposed_']?.(), map['then_']?.()]).toEqual([10, false, 11])
      expect([map['name']?.(), map['toJson']?.()]).toEqual(['a map', '{}'])
      const type = cooked().sink['Map']
      expect(type?.['length_']?.()).toBe(5)
      expect((type?.['apply_']?.(3) as Object)['constructor_']?.()).toBe(3)
      // No promise looks into it.
      expect(await type?.['newTask']?.(1)).toBeInstanceOf(type)
      map['dispose']?.()
      expect(() => map['name']?.()).toThrow(expect.objectContaining({ code: 'ERR_HANDLE_CLOSED' }))
    })

    it('are classes like any other', () => {
      expect(made('Error', 3)['message']?.()).toBe(3)
      expect(made('Vec', 3)['option']?.()).toBe(3)
      expect(() => made('Vec', 3)['result']?.()).toThrow('no')
      const type = cooked().sink['Type']?.['fn']?.(2) as Object
      expect(type['loop']?.(5)).toBe(7)
    })

    it('are records and unions like any other', () => {
      const promise = { constructor: 1, proto: 'a', type: true }
      expect(call('promised', promise)).toEqual(promise)
      for (const symbol of [
        { kind_: 'default' },
        { kind_: 'constructor', proto: 1, kind: 'a' },
        { kind_: 'type', 0: 5 },
        { kind_: 'match' },
      ]) {
        expect(call('symbolised', symbol)).toEqual(symbol)
      }
      expect(() => call('symbolised', { kind_: 'toString' })).toThrow(/kind_/)
      expect(() => call('promised', {})).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }))
    })
  })

  describe('documentation that would end a comment, or more', () => {
    const texts = ['src/kitchen_sink/index.ts', 'src/kitchen_sink/native.ts', 'src/kitchen_sink/names.ts']

    it.each([...texts, 'docs/kitchen_sink.md', 'README.md'])('brings nothing into %s that is not seen', (path) => {
      const line = generatedText(path)
        .split('\n')
        .find((text) => UNWANTED.test(text))
      expect(line).toBeUndefined()
    })

    it('exports nothing, deprecates nothing, and runs nothing', () => {
      expect(Object.keys(cooked().sink)).not.toContain('stolen')
      expect(generatedText('dist/kitchen_sink/index.d.ts')).not.toMatch(/^\s*\* @deprecated not/m)
      expect(generatedText('docs/kitchen_sink.md')).not.toMatch(/<script|<\/script/)
    })

    it('is read by the generated tests, which pass their own parser', () => {
      expect(readdirSync(join(packageFolder, '__test__')).length).toBeGreaterThan(0)
    })
  })
}
