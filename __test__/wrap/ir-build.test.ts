// From a spec to what is emitted: names, the contract, and faults that say where they are.
import { describe, expect, it } from 'vitest'
import { buildPackage } from '../../src/wrap/ir/build.js'
import { contractDigest, contractItems } from '../../src/wrap/ir/contract.js'
import { readFunctionPath } from '../../src/wrap/ir/paths.js'
import { parseType } from '../../src/wrap/model/text.js'
import type { Spec } from '../../src/wrap/spec/spec.js'
import { fn, handle, method, record, semver, specOf } from './glue-fixture.js'
import { kitchenSpec, packageOf } from './glue-kitchen.js'

const faultsOf = (spec: Spec): string[] =>
  buildPackage(spec).faults.map(({ place, message }) => `${place.line}:${place.column} ${message}`)

describe('a package', () => {
  it('has names for its system, errors and operations', () => {
    const pkg = packageOf(
      specOf('rust_decimal', 'rust_decimal', { functions: [fn('go', 'rust_decimal::go', {}, 'void', '() -> ()')] }),
    )
    expect([pkg.system, pkg.errorClass, pkg.errorCode]).toEqual(['rustDecimal', 'RustDecimalError', 'ERR_RUST_DECIMAL'])
    expect(pkg.members.map((member) => member.operation)).toEqual(['rustDecimal.go'])
    const members = packageOf(semver()).classes[0]?.members.map(({ kind, operation }) => `${kind} ${operation}`)
    expect(members?.slice(0, 3)).toEqual([
      'constructor semver.Version',
      'static semver.Version.parse',
      'method semver.Version.cmpPrecedence',
    ])
  })

  it('has the contract that its binary has', () => {
    const items = contractItems(packageOf(semver()))
    expect(items).toContain('versionParse(text: text) -> handle Version')
    expect(items).toContain('versionCompare(version: handle Version, other: handle Version) -> ordering?')
    expect(items).toContain('comparatorInto(comparator: exclusive handle Comparator) -> handle Comparator')
    expect(items).toContain(
      'async versionReqMatchesLater(versionReq: handle VersionReq, version: handle Version) -> boolean',
    )
    expect(items).toContain(
      'timed versionReqMatchesLaterSync(versionReq: handle VersionReq, version: handle Version) -> boolean',
    )
    // RFC 9923: FNV-1a 64 of nothing.
    expect(contractDigest([])).toBe('cbf29ce484222325')
  })

  it('keeps objects in a cell that can be emptied only where something consumes them', () => {
    const consumable = (spec: Spec): string[] =>
      packageOf(spec)
        .classes.filter((shape) => shape.consumable)
        .map((shape) => shape.name)
    expect(consumable(semver())).toEqual(['Comparator'])
    expect(consumable(kitchenSpec())).toEqual(['Builder', 'Once'])
  })

  it('passes 64 bits as bigints where the spec says so', () => {
    const go = fn('go', 'a::go', { a: 'biguint64?', b: 'u64' }, 'bigint64[]', '(a: Option<u64>, b: u64) -> Vec<i64>')
    expect(contractItems(packageOf(specOf('a', 'a', { functions: [go] })))).toEqual([
      'go(a: biguint64?, b: u64) -> bigint64[]',
    ])
  })

  it('leaves out what is skipped or rejected', () => {
    const spec = semver()
    const [first, second, ...rest] = spec.functions
    if (first === undefined || second === undefined) throw new Error('no functions')
    const names = packageOf({
      ...spec,
      functions: [{ ...first, skip: 'not wanted' }, { ...second, rejected: 'E0308' }, ...rest],
    }).exports.map((item) => item.name)
    expect(names).not.toContain('versionNew')
    expect(names).not.toContain('versionParse')
    expect(names).toContain('versionReqParse')
  })

  it('takes the usual Rust types where a spec says none', () => {
    const spec = specOf('regex', 'regex', {
      handles: [handle('Regex', 'regex::Regex')],
      functions: [fn('escape', 'regex::escape', { text: 'text' }, 'text')],
      methods: [method('Regex.isMatch', 'is_match', { text: 'text' }, 'boolean')],
    })
    expect(contractItems(packageOf(spec))).toEqual([
      'regexIsMatch(regex: handle Regex, text: text) -> boolean',
      'escape(text: text) -> text',
    ])
  })
})

describe('a fault', () => {
  const at = { place: { line: 7, column: 3 } }

  it.each([
    ['a signature that is none', fn('go', 'a::go', {}, 'void', '(', at), /7:3 .* is no Rust signature/],
    ['a type text that differs', fn('go', 'a::go', {}, 'text', '() -> u8', at), /7:3 `text` is said, but `u8` is `u8`/],
    [
      'another number of parameters',
      fn('go', 'a::go', {}, 'void', '(a: u8) -> ()', at),
      /has 0 parameters, its `rust` 1/,
    ],
    [
      'a type that does not cross',
      fn('go', 'a::go', { a: 'text' }, 'void', '(a: *const u8) -> ()'),
      /1:1 .* does not cross: /,
    ],
    ['an owner that is not there', fn('Gone.go', 'a::Gone::go', {}, 'void', '() -> ()', at), /7:3 Gone is no type/],
    ['a path that is none', fn('go', '', {}, 'void', '() -> ()', at), /7:3 .* names no function/],
  ])('tells of %s', (_, entry, message) => {
    expect(faultsOf(specOf('a', 'a', { functions: [entry] }))).toEqual([expect.stringMatching(message)])
  })

  it('tells of a method of no handle', () => {
    expect(faultsOf(specOf('a', 'a', { methods: [method('Gone.go', 'go', {}, 'void', '(&self) -> ()', at)] }))).toEqual(
      ['7:3 Gone is no handle of this spec'],
    )
  })

  it('tells of two exports of one name, Sync doors counted', () => {
    const functions = [
      fn('go', 'a::go', {}, 'void', '() -> ()', { async: 'blocking' }),
      fn('goSync', 'a::go_sync', {}, 'void', '() -> ()', at),
    ]
    expect(faultsOf(specOf('a', 'a', { functions }))).toEqual(['7:3 two items are exported as goSync'])
  })

  it('tells of records that are too long', () => {
    const fields = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`f${index}`, 'u8']))
    expect(faultsOf(specOf('a', 'a', { records: [record('Long', 'a::Long', fields)] }))).toEqual([
      '1:1 a record has 1 to 16 fields',
    ])
  })

  it('gives all faults at once', () => {
    const functions = ['x', 'y', 'z'].map((name) => fn(name, `a::${name}`, {}, 'text', '() -> u8'))
    expect(faultsOf(specOf('a', 'a', { functions }))).toHaveLength(3)
  })

  it('says that C and C++ are not generated yet', () => {
    const spec = specOf('a', 'a')
    expect(faultsOf({ ...spec, lib: { ...spec.lib, lang: 'c' } })).toEqual([
      '1:1 `lang: c` is read and verified, but not generated yet',
    ])
  })
})

describe('names', () => {
  it.each([
    ['semver::Version::parse', 'parse', 'semver::Version', undefined],
    ['petgraph::Graph::<String, f64>::new', 'new', 'petgraph::Graph<String, f64>', undefined],
    ['<semver::Version as std::str::FromStr>::from_str', 'from_str', 'semver::Version', 'std::str::FromStr'],
    ['<a::B<C> as std::convert::From<Vec<u8>>>::from', 'from', 'a::B<C>', 'std::convert::From<Vec<u8>>'],
  ])('%s is a function of its type', (text, path, owner, trait) => {
    const found = readFunctionPath(text, parseType('semver::Version'))
    expect(found).toEqual({
      path,
      turbofish: [],
      owner: parseType(owner),
      ...(trait === undefined ? {} : { trait: parseType(trait) }),
    })
  })

  it('are functions of a module otherwise, with the types they are told', () => {
    expect(readFunctionPath('rand::random::<u32>', undefined)).toEqual({
      path: 'rand::random',
      turbofish: [parseType('u32')],
    })
  })
})
