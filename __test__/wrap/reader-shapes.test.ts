import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CrateModel, TypeItem } from '../../src/wrap/model/model.js'
import { printGeneric, printSignature, printType } from '../../src/wrap/model/text.js'
import { readCrate } from '../../src/wrap/read/index.js'

const crate = join(import.meta.dirname, 'fixtures', 'reader', 'shapes')
let cacheFolder: string
let model: CrateModel

beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'ferrule-reader-'))
  model = await readCrate({ crate: 'reader-shapes', path: crate, cacheFolder })
})

afterAll(async () => {
  await rm(cacheFolder, { recursive: true, force: true })
})

describe('what a crate says of itself', () => {
  it('gives the package with its features', () => {
    expect(model).toMatchObject({
      name: 'reader_shapes',
      packageName: 'reader-shapes',
      version: '0.3.1',
      license: 'MIT',
      repository: 'https://example.org/shapes',
      features: ['default', 'extra', 'std'],
      enabledFeatures: ['default', 'std'],
      docs: 'Shapes to read.',
    })
  })

  it('writes nothing into the folder of the crate', async () => {
    expect((await readdir(crate)).sort()).toEqual(['Cargo.toml', 'src'])
  })

  it('is the same model when it comes from the cache', async () => {
    expect(await readCrate({ crate: 'reader_shapes', path: crate, cacheFolder })).toEqual(model)
  })
})

describe('public paths', () => {
  it('names each type once, by its shortest path', () => {
    const own = model.types.filter((type) => type.foreign === undefined)
    expect(own.map((type) => type.path)).toEqual([
      'reader_shapes::Error',
      'reader_shapes::Far',
      'reader_shapes::Local',
      'reader_shapes::Number',
      'reader_shapes::Piece',
      'reader_shapes::Renamed',
      'reader_shapes::Result',
      'reader_shapes::Square',
      'reader_shapes::Wrapper',
    ])
  })

  it('uses the public path in signatures, not the place of definition', () => {
    expect(signature('Far', 'reach')).toBe('fn reach(&mut self, by: &reader_shapes::Renamed) -> &mut Self')
  })

  it('finds functions through nested globs and leaves out what is hidden or needs a feature', () => {
    expect(model.functions.filter((item) => !item.path.includes('core_shapes')).map((item) => item.name)).toEqual([
      'apply',
      'boxed',
      'later',
      'near',
      'old',
      'raw',
      'sooner',
      'wait',
    ])
  })

  it('has what a feature adds when it is on', async () => {
    const more = await readCrate({ crate: 'reader-shapes', path: crate, features: ['extra'], cacheFolder })
    expect(more.functions.map((item) => item.name)).toContain('extra')
    expect(more.enabledFeatures).toContain('extra')
  })

  it('names macros among the items that cannot be called', () => {
    expect(model.others).toEqual([{ path: 'reader_shapes::shape', kind: 'macro' }])
  })
})

describe('functions', () => {
  it('merges where clauses into parameters and names the standard library by its public paths', () => {
    expect(freeSignature('apply')).toBe(
      "fn apply<F: FnMut(&str) -> bool + Send + 'static>(names: &[&str], action: F, depth: impl Into<Option<usize>>) -> reader_shapes::Result<Vec<String>>",
    )
  })

  it('gives of an async function what its future gives', () => {
    expect(freeSignature('wait')).toBe('async fn wait(count: u32) -> reader_shapes::Result<u32>')
  })

  it.each([
    ['later', 'async fn later(count: u32) -> reader_shapes::Result<u32>'],
    ['boxed', 'async fn boxed(count: u32) -> u32'],
    ['sooner', 'fn sooner(count: u32) -> Option<impl std::future::Future<Output = u32>>'],
  ])('takes a function that returns a future for an async one, and no other: %s', (name, signature) => {
    expect(freeSignature(name)).toBe(signature)
  })

  it('shows unsafe functions as such and has no name for a pattern', () => {
    expect(freeSignature('raw')).toBe('unsafe fn raw(bytes: *const u8, _: (u8, u8)) -> [u8; 4]')
  })

  it('carries deprecation and the place in the source', () => {
    const old = model.functions.find((item) => item.name === 'old')
    expect(old?.deprecated).toEqual({ since: '0.2.0', note: 'use `apply`' })
    expect(old?.source).toMatch(/^src\/lib\.rs:\d+$/)
  })
})

describe('types', () => {
  it('gives variants with their shape and value', () => {
    const error = typeNamed('Error')
    expect(error.nonExhaustive).toBe(true)
    expect(error.variants.map((variant) => [variant.name, variant.shape, variant.fields.map(field)])).toEqual([
      ['Empty', 'unit', []],
      ['At', 'tuple', ['0: usize', '1: char']],
      ['Named', 'struct', ["name: &'static str"]],
      ['Numbered', 'unit', []],
    ])
    expect(error.variants[3]?.discriminant).toBe('7')
  })

  it('knows which structs can be written down', () => {
    expect(typeNamed('Square').isPlain).toBe(true)
    expect(typeNamed('Piece').isPlain).toBe(false)
    expect(typeNamed('Piece').fields.map(field)).toEqual(["text: &'a str"])
  })

  it('follows an alias of Result', () => {
    const { aliasOf } = typeNamed('Result')
    expect(aliasOf === undefined ? undefined : printType(aliasOf)).toBe('Result<T, reader_shapes::Error>')
  })

  it('keeps lifetimes, and shows those that the source leaves out', () => {
    expect(typeNamed('Piece').generics.map(printGeneric)).toEqual(["'a", "'b: 'a"])
    expect(signature('Piece', 'rest')).toBe("fn rest(&self) -> &'b str")
    expect(signature('Piece', 'unmarked')).toBe("fn unmarked(&self) -> reader_shapes::Piece<'_, '_>")
  })

  it('tells what may cross threads, and what depends on a parameter', () => {
    expect(typeNamed('Square')).toMatchObject({ send: true, sync: true })
    expect(typeNamed('Local')).toMatchObject({ send: false, sync: false })
    expect(typeNamed('Wrapper')).toMatchObject({ send: undefined, sync: undefined })
  })

  it('keeps what each impl block is for', () => {
    const methods = typeNamed('Wrapper').methods.map((item) => [
      item.name,
      item.implFor === undefined ? '' : printType(item.implFor),
      item.implGenerics.map(printGeneric),
    ])
    expect(methods).toEqual([
      ['show', 'reader_shapes::Wrapper<T>', ['T: std::fmt::Display + Clone']],
      ['byte', 'reader_shapes::Wrapper<u8>', []],
    ])
  })

  it('reads methods made by macros and leaves out those that are not public', () => {
    expect(typeNamed('Number').methods.map((item) => item.name)).toEqual(['to_u8', 'to_u16'])
    expect(typeNamed('Renamed').methods.map((item) => item.name)).toEqual(['new', 'value'])
  })

  it('shows a receiver that is neither self nor a reference to it', () => {
    expect(signature('Local', 'get')).toBe('fn get(self: std::rc::Rc<Self>) -> u8')
  })

  it('gives constants with their value', () => {
    expect(model.constants.map((item) => [item.name, printType(item.type), item.value, item.isStatic])).toEqual([
      ['GREETING', '&str', '"hello"', true],
      ['LIMIT', 'usize', '64usize', false],
    ])
    expect(typeNamed('Wrapper').constants.map((item) => item.path)).toEqual(['reader_shapes::Wrapper::LARGEST'])
  })
})

describe('traits', () => {
  it('gives impls with their associated types resolved', () => {
    const parse = typeNamed('Square').impls.find((impl) => impl.trait === 'std::str::FromStr')
    const method = parse?.methods[0]
    expect(method === undefined ? '' : printSignature(method.name, method.signature)).toBe(
      'fn from_str(text: &str) -> Result<Self, reader_shapes::Error>',
    )
  })

  it('gives impls for a reference to the type, and keeps apart those for other types', () => {
    const square = typeNamed('Square')
    const add = square.impls.find((impl) => impl.trait === 'std::ops::Add')
    expect(add === undefined ? '' : printType(add.for)).toBe('&reader_shapes::Square')
    expect((square.outward ?? []).map((impl) => [impl.trait, printType(impl.for)])).toEqual([
      ['std::convert::From', 'f64'],
    ])
  })

  it('has overload families one by one', () => {
    const from = typeNamed('Number').impls.filter((impl) => impl.trait === 'std::convert::From')
    expect(from.map((impl) => impl.args.map(printType))).toEqual([['u8'], ['u16']])
  })

  it('merges the traits of a dependency: docs and provided methods show on the implementor', () => {
    const area = typeNamed('Square').impls.find((impl) => impl.trait === 'reader_shapes::Area')
    expect(area?.methods.map((item) => [item.name, item.docs])).toEqual([
      ['area', 'Square metres.'],
      ['doubled', 'Twice the area.'],
    ])
    const trait = model.traits.find((item) => item.path === 'reader_shapes::Area')
    expect(trait).toMatchObject({ foreign: 'reader_shapes_core', implementors: ['reader_shapes::Square'] })
  })

  it('keeps blanket impls of the traits of the API, and none of the standard library', () => {
    const blanket = typeNamed('Square').impls.filter((impl) => impl.blanket === true)
    expect(blanket.map((impl) => impl.trait)).toEqual(['reader_shapes::Describe'])
  })

  it('takes types that a dependency defines, and of a whole dependency only what is spoken of', () => {
    const foreign = model.types.filter((type) => type.foreign !== undefined)
    expect(foreign.map((type) => type.path)).toEqual(['reader_shapes::Metres'])
    expect(foreign[0]?.methods.map((item) => item.name)).toEqual(['feet'])
    expect(model.functions.map((item) => item.name)).not.toContain('inches')
  })
})

function typeNamed(name: string): TypeItem {
  const found = model.types.find((type) => type.name === name)
  if (found === undefined) {
    throw new Error(`the model has no type ${name}`)
  }
  return found
}

function signature(type: string, method: string): string {
  const found = typeNamed(type).methods.find((item) => item.name === method)
  return found === undefined ? '' : printSignature(found.name, found.signature)
}

function freeSignature(name: string): string {
  const found = model.functions.find((item) => item.name === name)
  return found === undefined ? '' : printSignature(found.name, found.signature)
}

function field(item: { name: string; type: Parameters<typeof printType>[0] }): string {
  return `${item.name}: ${printType(item.type)}`
}
