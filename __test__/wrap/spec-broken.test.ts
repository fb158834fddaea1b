// Broken specs: each gives exactly one report, and these are their words.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSpec } from '../../src/wrap/spec/parse.js'

const folder = join(import.meta.dirname, 'fixtures/specs/broken')
const suffix = '.wrapper_spec'

/** A report as a person reads it. */
function reportsOf(input: string | Uint8Array): string[] {
  const { spec, faults } = parseSpec(input, 'demo.wrapper_spec')
  expect(spec === undefined).toBe(faults.length > 0)
  return faults.map(({ place, message, hint }) => `${place.line}:${place.column} ${message}${hint ? ` (${hint})` : ''}`)
}

const EXPECTED: Record<string, string> = {
  'alias-bomb': '3:16 the anchor &a may not stand in a spec (write the value out in each place that needs it)',
  'bad-api-version': '1:14 `api_version` of the library is "0" (a whole number from 1: `api_version: "2"`)',
  'bad-code': '3:39 `code` is an error code, found "demoError" (ERR_ and capital letters, digits and _: `ERR_PARSE`)',
  'bad-name': '3:13 `name` is a name of TypeScript, found "one-two" (letters, digits, _ and $, no digit first)',
  'bad-rust-path': '3:39 `rust_fn` is a path of Rust, which has no ";" here',
  'bad-rust-type': '3:50 `rust_type` is not Rust: `,` was expected, found the end of the text',
  'bad-signature': '3:62 `rust` is not Rust: a type was expected, found the end of the text',
  'bare-handle': '5:49 `Version` is not a type (`Version` is a handle: write `handle Version`)',
  'cyclic-instances':
    '3:5 the instances are made of each other in a circle: Tree → Forest → Tree (write the Rust type out, with the path of each type in it)',
  'cyclic-parents': '3:5 the handle types borrow from each other in a circle: One → Two → One (take one `parent` out)',
  'cyclic-records':
    '3:5 the records hold each other by value, so none can ever be written down: Node → Node (make one of them a handle type)',
  empty: '1:1 the spec is empty (the least a spec has is `wrapper_lib`; `ferrule scan` proposes a whole one)',
  'example-without-end': '3:51 an example has either `gives` or `throws`',
  'item-twice': '4:5 the function `one` is there twice, first on line 3 (take one of them out)',
  'key-twice': '3:40 `name` is there twice, first on line 3, column 7 (keep one of them)',
  'line-break-in-name': '3:46 `rule` has a line break in it (it is a text of one line)',
  'list-of-nothing-known': '1:1 a spec is a mapping of sections, found a list (it starts with `wrapper_lib:`)',
  'mapping-for-a-list':
    '3:3 `functions` is a list, found a mapping (each element starts with `- `, or all stand between [ ])',
  'method-of-nothing': '5:5 `handle` is `Verson`, and the spec declares no such handle type (did you mean `Version`?)',
  'module-then': '3:5 a module cannot export `then`: `import()` would call it (give it another `name`)',
  'missing-key': '3:5 a method needs `handle` (for example `handle: Version`)',
  'misspelt-required-key': '3:18 a function has no key `rust_func` (did you mean `rust_fn`?)',
  'no-crate': "1:14 `lang: rust` needs `rust_crate` (the crate's name on the registry)",
  'no-library':
    '1:1 the spec has no `wrapper_lib` (for example `wrapper_lib: { name: semver, version: "0.1.0", lang: rust, rust_crate: semver, rust_crate_version: "1.0.27" }`)',
  'no-value': '2:1 `functions` has no value; expected a list (take `functions` out, or give it an empty list: [])',
  'only-comments': '1:1 the spec is empty (the least a spec has is `wrapper_lib`; `ferrule scan` proposes a whole one)',
  'option-of-option': '3:54 `??` does not cross: null can stand for one absence only',
  'parameter-twice': '3:72 `one` has two parameters `a` (give one another name)',
  'quoted-flag': '2:28 `default_features` is true or false, found "false" (write it without quotes)',
  'rust-type-at-boundary':
    '3:70 "&" has no place in a type (this is the boundary\'s view of the type; the Rust type belongs into the key `rust`)',
  'same-export':
    '7:5 the method `Version.from` and the function `Version.from` on line 5 are both exported as `versionFrom` (give one of them another `name`)',
  'same-key-by-synonym': '3:40 `cpp_fn` and `rust_fn` are the same key of a function (keep one of them)',
  'section-twice': '4:1 `functions` is there twice, first on line 2, column 1 (keep one of them)',
  tabs: '3:1 this line is indented with a tab, which YAML does not allow; so are 1 more (put two spaces in the place of each tab)',
  tag: '2:12 the tag !!str may not stand in a spec (a value is what its key says; take the tag out)',
  'text-for-a-mapping': '2:8 `crate` is a mapping, found the text "serde"',
  'two-constructors':
    '6:5 `Version` has two constructors, the first on line 5 (take `is_constructor` from one of them)',
  'two-documents': '2:1 a second document starts here; a spec is one (take the line `---` out)',
  'type-name-twice':
    '5:5 `Version` is already the name of a type, under `handle_types` on line 3 (give one of them another `name`)',
  'unclosed-bracket': '3:48 the [ that opens here is not closed (it ends before line 4 goes on)',
  'unclosed-quote': '3:27 the " that opens here is not closed (it ends before line 5 goes on)',
  'unknown-handle': '5:55 the spec declares no handle `Versoin` (did you mean `Version`?)',
  'unknown-key': '3:40 a function has no key `parms` (did you mean `params`?)',
  'unknown-lang': '1:52 `lang` is `rust`, `c` or `cpp`, found "Rust" (did you mean `rust`?)',
  'unknown-section': '2:1 `handleTypes` is not a section of a spec (did you mean `handle_types`?)',
  'unknown-type': '3:75 `txt` is not a type (did you mean `text`?)',
  'void-parameter': '3:69 `void` is only a result',
  'wrong-indent':
    '3:11 not valid YAML: nested mappings are not allowed in compact mappings (the next line may be indented too far; a text with `: ` in it needs quotes)',
}

describe('a broken spec in a file gives one report', () => {
  const files = readdirSync(folder).map((file) => file.slice(0, -suffix.length))

  it.each(files)('%s', (name) => {
    expect(reportsOf(readFileSync(join(folder, name + suffix)))).toEqual([EXPECTED[name]])
  })

  it('and each of them is there', () => {
    expect(files.sort()).toEqual(Object.keys(EXPECTED).sort())
    expect(files.length).toBeGreaterThan(20)
  })
})

const LIBRARY = 'wrapper_lib: { name: demo, version: "0.1.0", lang: rust, rust_crate: demo, rust_crate_version: "1" }\n'

describe('a file that is no text of a spec gives one report', () => {
  it('bytes that are not UTF-8, with the first of them', () => {
    const latin1 = Buffer.from(`${LIBRARY}# é and à in UTF-8\n# caf\xe9\n`, 'latin1')
    const mixed = Buffer.concat([Buffer.from(`${LIBRARY}# é à `), latin1])
    const report = 'the spec is not UTF-8 from here on (save the file as UTF-8)'
    expect(reportsOf(latin1)).toEqual([`2:3 ${report}`])
    expect(reportsOf(mixed)).toEqual([`3:3 ${report}`])
  })

  it('a sequence cut off at the end', () => {
    const cut = Buffer.from(`${LIBRARY}# é`).subarray(0, -1)
    expect(reportsOf(cut)).toEqual(['2:3 the spec is not UTF-8 from here on (save the file as UTF-8)'])
  })

  it('UTF-16', () => {
    const utf16 = Buffer.from(`\ufeff${LIBRARY}`, 'utf16le')
    expect(reportsOf(utf16)).toEqual(['1:1 the spec is UTF-16; a spec is UTF-8 (save the file as UTF-8)'])
  })

  it('what was decoded as something it is not', () => {
    expect(reportsOf(`${LIBRARY}# caf\ufffd\n`)).toEqual([
      '2:6 the spec is not UTF-8 here, or was not when it was last saved (save the file as UTF-8)',
    ])
  })

  it('a control character', () => {
    expect(reportsOf(`${LIBRARY}# \u0000\n`)).toEqual([
      '2:3 the invisible character U+0000 may not stand in a spec (take it out, or write it as an escape between double quotes)',
    ])
  })

  it('a character that turns the direction of writing', () => {
    expect(reportsOf(`${LIBRARY}functions:\n  - { name: one, rust_fn: "demo::\u202eeno" }\n`)).toEqual([
      '3:34 the invisible character U+202E may not stand in a spec (take it out, or write it as an escape between double quotes)',
    ])
  })

  it('more than 16 MiB', () => {
    const huge = LIBRARY + '# padding\n'.repeat(1_700_000)
    expect(reportsOf(huge)).toEqual([
      `1:1 the spec has ${huge.length} bytes; a spec may have 16777216 (a spec is written for one crate: is this the right file?)`,
    ])
  })

  it('nesting without end', () => {
    const deep = `${LIBRARY}functions: ${'['.repeat(100_000)}`
    const [report, ...others] = reportsOf(deep)
    expect(report).toMatch(/^2:\d+ the spec is nested too deeply to be read$/)
    expect(others).toEqual([])
  })

  it('a type nested without end', () => {
    const type = `${'['.repeat(5000)}u8${']'.repeat(5000)}`
    expect(reportsOf(`${LIBRARY}functions:\n  - { name: one, rust_fn: "demo::one", return: "${type}" }\n`)).toEqual([
      '3:81 a type may hold another 32 deep, not deeper',
    ])
  })
})

it('aliases never grow: a bomb of them is refused before anything is built', () => {
  const levels = Array.from({ length: 30 }, (_, level) => {
    const inner = level === 0 ? 'x' : Array.from({ length: 10 }, () => `*l${level - 1}`).join(', ')
    return `l${level}: &l${level} [${inner}]\n`
  })
  const reports = reportsOf(LIBRARY + levels.join(''))
  expect(reports).toHaveLength(30)
  expect(reports[0]).toContain('the anchor &l0 may not stand in a spec')
})

it('all faults are told at once, in the order of their places', () => {
  const text = `wrapper_lib: { name: Demo, version: "0.1.0", lang: rust, rust_crate: demo, rust_crate_version: "1" }
methods:
  - { handle: Gone, name: one, rust_method: one, return: strng }
  - { handle: Gone, name: two, params: [{ name: 1a, type: u33 }] }
functions:
  - { nam: three, rust_fn: "demo::three", async: maybe }
`
  expect(reportsOf(text)).toEqual([
    '1:14 `name` of the library is "Demo" (lower case letters, digits and _, a letter first: `rust_decimal`)',
    '3:5 `handle` is `Gone`, and the spec declares no such handle type (declare it under `handle_types`)',
    '3:58 `strng` is not a type (did you mean `text`?)',
    '4:5 a method needs `rust_method` (for example `rust_method: cmp_precedence`)',
    '4:5 `handle` is `Gone`, and the spec declares no such handle type (declare it under `handle_types`)',
    '4:49 `name` is a name of TypeScript, found "1a" (letters, digits, _ and $, no digit first)',
    '4:59 `u33` is not a type (did you mean `u32`?)',
    '6:7 a function has no key `nam` (did you mean `name`?)',
    '6:50 `async` is `false`, `true`, `lane` or `blocking`, found "maybe"',
  ])
})
