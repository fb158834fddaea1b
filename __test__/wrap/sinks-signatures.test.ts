// How signatures with arguments that the call writes into cross, and what is said of them.
import { describe, expect, it } from 'vitest'
import { emitIndex, emitNative } from '../../src/wrap/generate/typescript.js'
import { buildPackage } from '../../src/wrap/ir/build.js'
import { parseSignature, printSignature } from '../../src/wrap/model/text.js'
import { withSinks } from '../../src/wrap/rules/sinks.js'
import { fn, handle, method, specOf } from './glue-fixture.js'

const crossing = (rust: string): string => printSignature('', withSinks(parseSignature(rust)).signature)

describe('a signature crosses as one without what is written into', () => {
  it.each([
    ['(out: &mut Vec<u8>, a: u8) -> ()', '(a: u8) -> Vec<u8>'],
    ['(a: u8, out: &mut Vec<u8>) -> Result<(), E>', '(a: u8) -> Result<Vec<u8>, E>'],
    ['(a: u8, out: &mut Vec<u8>) -> Result<u8, E>', '(a: u8) -> Result<(u8, Vec<u8>), E>'],
    ['(a: u8, out: &mut Vec<u8>) -> Option<u8>', '(a: u8) -> (Option<u8>, Vec<u8>)'],
    ['<W: std::io::Write>(w: W, a: u8) -> ()', '(a: u8) -> Vec<u8>'],
    ['<W: std::fmt::Write + ?Sized>(a: u8, w: &mut W) -> ()', '(a: u8) -> String'],
    ['(&self, w: &mut dyn std::fmt::Write) -> ()', '(&self) -> String'],
    ['(&mut self, out: &mut String) -> &mut Self', '(&mut self) -> String'],
    ['(&self, out: &mut [u8]) -> usize', '(&self, length: usize) -> Vec<u8>'],
    ['(a: u8, out: &mut [u8]) -> Option<usize>', '(a: u8, length: usize) -> Option<Vec<u8>>'],
    ["<'a>(a: u8, out: &'a mut [u8]) -> &'a mut str", "<'a>(a: u8, length: usize) -> &str"],
    ["<'a>(a: u8, out: &'a mut [u8]) -> Result<&'a [u8], E>", "<'a>(a: u8, length: usize) -> Result<&[u8], E>"],
    ['(value: &kitchen::Kind, out: &mut String) -> &str', '(value: &kitchen::Kind) -> (&str, String)'],
    ['(a: u8, out: &mut [u8]) -> ()', '(a: u8, out: Vec<u8>) -> Vec<u8>'],
    ['(out: &mut [u8]) -> usize', '(out: Vec<u8>) -> (usize, Vec<u8>)'],
    ['(out: &mut [u16; 2]) -> bool', '(out: [u16; 2]) -> (bool, [u16; 2])'],
    ['(values: &mut Vec<u32>) -> ()', '(values: Vec<u32>) -> Vec<u32>'],
  ])('%s is %s', (rust, expected) => {
    expect(crossing(rust)).toBe(expected)
  })
})

describe('a signature stays as it is', () => {
  it.each([
    ['when the writer comes back', '<W: std::io::Write>(w: W) -> kitchen::Writer<W>'],
    ['when the writer may be kept', "(w: impl std::io::Write + 'static)"],
    ['when it is read as well', '(w: &mut (impl std::io::Read + std::io::Write))'],
    ['when the result borrows from it', "<'a>(out: &'a mut String) -> kitchen::View<'a>"],
    ['when the result may walk over it', '(out: &mut String) -> impl std::iter::Iterator<Item = u8>'],
    ['when it is an object', '(out: &mut kitchen::Builder)'],
    ['when it is a single value', '(out: &mut u32)'],
  ])('%s', (_, rust) => {
    const signature = parseSignature(rust)
    expect(withSinks(signature)).toEqual({ signature })
  })
})

const spec = specOf('kitchen', 'kitchen', {
  handles: [handle('Engine', 'kitchen::Engine')],
  functions: [
    fn('mix', 'kitchen::mix', { by: 'u8', out: 'bytes' }, '[bool, bytes]', '(by: u8, out: &mut [u8]) -> bool'),
  ],
  methods: [
    method('Engine.encode', 'encode', { data: 'bytes' }, 'text', '(&self, data: &[u8], buf: &mut String)'),
    method(
      'Engine.into',
      'into',
      { data: 'bytes', length: 'usize' },
      'bytes',
      `(&self, data: &[u8], buf: &mut [u8]) -> Result<usize, std::fmt::Error>`,
    ),
  ],
})

describe('what is generated', () => {
  const { package: built, faults } = buildPackage(spec)
  if (built === undefined) throw new Error(faults.map((fault) => fault.message).join('\n'))
  const index = emitIndex(built)

  it('has a result instead of the argument', () => {
    expect(index).toContain('encode(data: Uint8Array): string {')
    expect(index).toContain('into(data: Uint8Array, length: number): Uint8Array {')
    expect(index).toContain('mix(by: number, out: Uint8Array): [boolean, Uint8Array] {')
    expect(emitNative(built)).toContain('data: Uint8Array, length: number) => Uint8Array')
  })

  it('says where the result comes from, and how much may be asked for', () => {
    expect(index).toContain('@returns `buf` as filled.')
    expect(index).toContain('@returns The filled part of `buf`.')
    expect(index).toContain("@returns The call's own result, then `out` as changed.")
    expect(index).toContain('@param length how many bytes the call may write: an integer from 0 to 1,073,741,824.')
    expect(index).toContain('@param out what is changed: the changed copy is returned.')
  })
})

describe('a spec that says otherwise', () => {
  it.each([
    ['a result that is missing', { data: 'bytes' }, 'void', `(&self, data: &[u8], out: &mut Vec<u8>)`, 'write `bytes`'],
    [
      'a number for what is filled',
      { data: 'bytes', length: 'usize' },
      'usize',
      '(&self, data: &[u8], out: &mut [u8]) -> usize',
      'write `bytes`',
    ],
  ])('is told of %s', (_, params, returns, rust, hint) => {
    const wrong = { ...spec, methods: [method('Engine.wrong', 'wrong', params, returns, rust)] }
    expect(buildPackage(wrong).faults.map((fault) => fault.hint)).toEqual([hint])
  })

  it('is told of an argument too many', () => {
    const rust = `(&self, data: &[u8], out: &mut Vec<u8>)`
    const wrong = { ...spec, methods: [method('Engine.wrong', 'wrong', { data: 'bytes', out: 'bytes' }, 'void', rust)] }
    expect(buildPackage(wrong).faults.map((fault) => fault.message)).toEqual([
      'wrong has 2 parameters, its `rust` 1 besides what it writes into',
    ])
  })
})
