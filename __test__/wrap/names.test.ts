// How names of Rust and of a spec are spelled in TypeScript: one spelling for the scanner, the spec's check and what is emitted.
import { describe, expect, it } from 'vitest'
import { camel, exportName, pascal, screaming, uncapitalized } from '../../src/wrap/model/names.js'

describe('a name', () => {
  it.each([
    ['cmp_precedence', 'cmpPrecedence'],
    ['pulldown-cmark', 'pulldownCmark'],
    ['x', 'x'],
    ['a_b', 'aB'],
    ['_private', 'private'],
    ['two__lines', 'twoLines'],
    ['r#type', 'type'],
    ['XMLReader', 'xmlReader'],
    ['URL_path', 'urlPath'],
    ['UTF8', 'utf8'],
    ['3d_point', '_3dPoint'],
    ['größe_ändern', 'größeÄndern'],
  ])('%s is %s in TypeScript', (name, spelled) => {
    expect(camel(name)).toBe(spelled)
  })

  it.each([
    ['geo_types', 'GeoTypes'],
    ['csv', 'Csv'],
  ])('%s is %s as a type', (name, spelled) => {
    expect(pascal(name)).toBe(spelled)
  })

  it.each([
    ['rust_decimal', 'RUST_DECIMAL'],
    ['csv', 'CSV'],
    ['sha-1', 'SHA_1'],
    ['ParseInt', 'PARSE_INT'],
    ['XMLReader', 'XML_READER'],
    ['OutOfRange', 'OUT_OF_RANGE'],
  ])('%s is %s in a code', (name, spelled) => {
    expect(screaming(name)).toBe(spelled)
  })

  it.each([
    ['Version', 'version'],
    ['HTTPClient', 'httpClient'],
    ['URL', 'url'],
    ['U8', 'u8'],
    ['UTF_8', 'utf_8'],
    ['x', 'x'],
    ['', ''],
  ])('%s begins small as %s', (name, spelled) => {
    expect(uncapitalized(name)).toBe(spelled)
  })
})

describe('a native export', () => {
  it.each([
    ['Version', 'parse', 'versionParse'],
    ['HTTPClient', 'get', 'httpClientGet'],
    [undefined, 'escape', 'escape'],
    [undefined, 'r#match', 'rmatch'],
    ['Price', '$value', 'priceValue'],
  ])('of %s %s is %s', (owner, name, exported) => {
    expect(exportName(owner, name)).toBe(exported)
  })
})
