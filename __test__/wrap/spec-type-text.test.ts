import { describe, expect, it } from 'vitest'
import { parseTypeText, printTypeText, TypeTextError, type KnownNames } from '../../src/wrap/spec/type-text.js'

const names: KnownNames = {
  handle: new Set(['Version', 'Regex']),
  record: new Set(['Point']),
  enum: new Set(['Weekday']),
  callback: new Set(['OnProgress']),
}

describe('a type text is printed as it was read', () => {
  it.each([
    'text',
    'text?',
    'text[]',
    'text?[]',
    'text[]?',
    'u8[][]',
    'u32[4]',
    'handle Version',
    'exclusive handle Version',
    'handle Version?[]',
    'record Point',
    'enum Weekday?',
    'callback OnProgress?',
    'packed u32[]?',
    '"a" | "b"[]',
    '"a\\"b"',
    '[f64, f64]',
    '[]',
    'map<text, u32[]>',
    'bigint64',
    'i128',
    'NonZeroU32',
    'char',
    'duration',
    'date',
    'ordering',
    'void',
    'sync (text, u32?) => boolean',
    'queued () => void',
    '(blocking (text) => text)?',
    '(sync (text) => boolean)[]',
  ])('%s', (text) => {
    expect(printTypeText(parseTypeText(text, names))).toBe(text)
  })
})

describe('another spelling is the same type', () => {
  it.each([
    ['bool', 'boolean'],
    ['milliseconds', 'duration'],
    ['  [u8,u8]  ', '[u8, u8]'],
    ['("a" | "b")[]', '"a" | "b"[]'],
    ['map < text,u8 >', 'map<text, u8>'],
    ['(text)', 'text'],
  ])('%s', (text, printed) => {
    expect(printTypeText(parseTypeText(text))).toBe(printed)
  })
})

it('a suffix behind a union belongs to the whole union', () => {
  expect(parseTypeText('"a" | "b"[]?')).toEqual({
    kind: 'option',
    of: { kind: 'list', packed: false, of: { kind: 'strings', values: ['a', 'b'] } },
  })
})

describe('what is no type is refused where it goes wrong', () => {
  it.each([
    ['', 0, 'a type is missing', undefined],
    ['strin', 0, '`strin` is not a type', 'did you mean `text`?'],
    ['String', 0, '`String` is not a type', 'did you mean `text`?'],
    ['[u8, u322]', 5, '`u322` is not a type', 'did you mean `u32`?'],
    ['Version?', 0, '`Version` is not a type', '`Version` is a handle: write `handle Version`'],
    ['Weekdy', 0, '`Weekdy` is not a type', 'did you mean `enum Weekday`?'],
    ['handle Point', 7, 'the spec declares no handle `Point`', '`Point` is declared as a record: write `record Point`'],
    ['record Pont', 7, 'the spec declares no record `Pont`', 'did you mean `Point`?'],
    ['enum Nothing', 5, 'the spec declares no enum `Nothing`', 'declare it under `enums`'],
    ['handle', 6, "expected the handle's name, found the end", undefined],
    ['text??', 5, '`??` does not cross: null can stand for one absence only', undefined],
    ['void[]', 4, '`void` is a whole result: it takes no suffix', undefined],
    [
      'packed text[]',
      0,
      '`packed` stands before a list of numbers, or of an untagged enum',
      'for example `packed u32[]`',
    ],
    ['map<text>', 8, 'expected ,, found `>`', undefined],
    ['[u8', 3, 'expected ,, found the end', undefined],
    ['u8[x]', 3, 'expected a length or ], found `x`', undefined],
    ['"a', 0, 'a string is not closed with "', undefined],
    ['"\\x"', 0, '"\\x" is not a string as JSON writes it', undefined],
    ['"a" | b', 6, 'expected a string behind |, found `b`', undefined],
    ['"a" | "a"', 6, '"a" is there twice', undefined],
    ['u8 u8', 3, '`u8` is not expected behind a whole type', undefined],
    ['sync text', 5, 'expected (, found `text`', undefined],
    ['exclusive Version', 10, 'expected `handle` behind `exclusive`, found `Version`', undefined],
    ['u8;', 2, '";" has no place in a type', undefined],
  ])('%s', (text, offset, message, hint) => {
    let caught: unknown
    try {
      parseTypeText(text, names)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(TypeTextError)
    const { offset: found, message: said, hint: way } = caught as TypeTextError
    expect({ offset: found, message: said, hint: way }).toEqual({ offset, message, hint })
  })
})
