// What breaks other generators, each by its name.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { runTests } from '../../../src/wrap/project/test-run.js'
import { crateFolder, generatedText, io, packageFolder, type Cooked } from './cook.js'

type Object = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>

/** Every file below a folder, with its text. */
export const contents = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => [path, readFileSync(path, 'utf8')]),
  )

/** @param before the crate's folder as it was before anything was generated. */
export function breakerTests(cooked: () => Cooked, before: ReadonlyMap<string, string>): void {
  const call = (name: string, ...args: readonly unknown[]): unknown => cooked().sink[name]?.(...args)
  const made = (type: string, maker: string, ...args: readonly unknown[]): Object =>
    cooked().sink[type]?.[maker]?.(...args) as Object
  const codeOf = (run: () => unknown): unknown => {
    try {
      return run()
    } catch (error) {
      return (error as { code: unknown }).code
    }
  }

  describe('what breaks other generators', () => {
    it('public aliases of Result: with a parameter, with a default, of one another', () => {
      expect([call('outcome', '4'), call('outcomeText', '4')]).toEqual([4, '4'])
      expect(codeOf(() => call('outcome', 'x'))).toBe('ERR_KITCHEN_SINK_PARSE')
      expect(codeOf(() => call('outcomeText', 'x'))).toBe('ERR_KITCHEN_SINK_PARSE')
    })

    it('numbers at their edges: u64::MAX, negative, NaN, a fraction', () => {
      expect(codeOf(() => call('largest'))).toBe('ERR_OUT_OF_RANGE')
      for (const value of [-1, NaN, 0.5, 2 ** 53]) {
        expect(codeOf(() => call('doubledWide', value))).toBe('ERR_OUT_OF_RANGE')
      }
    })

    it('a panic is an error', () => {
      expect(codeOf(() => call('failing'))).toBe('ERR_PANIC')
    })

    it('impls in private modules, and methods made by macros with their documentation', () => {
      const hull = made('Hull', 'of', 9)
      expect([hull['fromPrivate']?.(), hull['fromMacro']?.(), hull['fromMacroToo']?.()]).toEqual([9, 4, 5])
      expect(generatedText('dist/kitchen_sink/index.d.ts')).toContain('Made by a macro: `from_macro_too`.')
    })

    it('globs of globs, by the shortest path', () => {
      expect(call('fromGlob', 1)).toBe(2)
      expect(made('Buoy', 'moored')['depth']?.()).toBe(3)
      const { functions, handles } = cooked().draft
      expect(functions.find(({ name }) => name === 'fromGlob')?.rustFn).toBe('kitchen_sink::breaks::from_glob')
      expect(handles.find(({ name }) => name === 'Buoy')?.rustType).toBe('kitchen_sink::breaks::Buoy')
    })

    it('types with a lifetime and nothing else as parameter', () => {
      expect(call('tail', 'abc')).toEqual({ text: 'bc' })
    })

    it('non_exhaustive enums: a variant that is not known is refused, the others are not', () => {
      expect([call('phase', 0), call('phase', 1)]).toEqual(['early', 'middle'])
      expect(codeOf(() => call('phase', 2))).toBe('ERR_UNSUPPORTED')
    })

    it('items behind a feature that is off are not there', () => {
      expect(cooked().sink).not.toHaveProperty('onlyWithExtra')
      expect(cooked().model.features).toContain('extra')
    })

    it('hidden modules are not there', () => {
      expect(generatedText('src/kitchen_sink/glue.rs')).not.toContain('unseen')
    })

    it('declarations are what is exported, in both kinds of modules', () => {
      const declared = exportsOf(join(packageFolder, 'dist', 'index.d.ts'))
      expect(declared).toEqual(Object.keys(cooked().sink).sort())
      expect(exportsOf(join(packageFolder, 'dist', 'index.d.mts'))).toEqual(declared)
    })

    it('one item that does not cross keeps none of the others from it', () => {
      expect(cooked().draft.leftOut.length).toBeGreaterThan(10)
      expect(cooked().package.exports.length).toBeGreaterThan(300)
    })

    it('nothing is written into the wrapped crate', () => {
      expect(contents(crateFolder)).toEqual(before)
    })

    it('the package’s own tests pass, those of bad input too', async () => {
      const run = await runTests(packageFolder, io)
      expect(run.failures).toEqual([])
      expect(run.passed).toBeGreaterThan(300)
    })
  })
}

/** The values that a file of declarations exports: as the compiler sees them. */
function exportsOf(file: string): string[] {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
  })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  if (module === undefined) throw new Error(`${file} is no module`)
  const isValue = (symbol: ts.Symbol): boolean => {
    const real = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    return (real.flags & ts.SymbolFlags.Value) !== 0
  }
  return checker
    .getExportsOfModule(module)
    .filter(isValue)
    .map(({ name }) => name)
    .sort()
}
