import { describe, expect, it } from 'vitest'
import { translateExamples } from '../../src/wrap/examples/translate.js'
import { crateWithDocs, inventory } from './fixtures/examples/inventory.js'

const fence = '```'

/** The statements that the example becomes, and the reasons for what it does not. */
function translated(code: string, info = ''): { lines: string[]; translated: number; reasons: Record<string, number> } {
  const model = crateWithDocs(`Text.\n\n${fence}${info}\nuse inventory::{Item, Kind};\n${code}\n${fence}\n`)
  const result = translateExamples(model, inventory)
  const body = result.tests.split("  it('inventory', () => {\n")[1]?.split('\n  })\n')[0] ?? ''
  const lines = body === '' ? [] : body.split('\n').map((line) => line.slice(4))
  return { lines, translated: result.translated, reasons: Object.fromEntries(result.untranslated) }
}

const lines = (code: string): string[] => translated(code).lines

describe('an example becomes a test', () => {
  it('calls the members of the package by their paths in Rust', () => {
    expect(lines('let item = Item::new("hammer", 3);\nassert_eq!(item.count(), 3);')).toEqual([
      "const item = new Item('hammer', 3)",
      'expect(item.count()).toBe(3)',
    ])
  })

  it('finds functions by their whole path, by a renaming and by a glob', () => {
    expect(lines('assert_eq!(inventory::total(&[1, 2]), 3);')).toEqual(['expect(total([1, 2])).toBe(3)'])
    expect(lines('use inventory::total as sum;\nassert_eq!(sum(&vec![1, 2]), 3);')).toEqual([
      'expect(total([1, 2])).toBe(3)',
    ])
    expect(lines('use inventory::*;\nassert_eq!(total(&[]), 0);')).toEqual(['expect(total([])).toBe(0)'])
  })

  it("calls a method that a trait of the crate's gives to text as the function it is", () => {
    expect(lines('let name = "hammer";\nassert_eq!(name.label(3), "3 hammers");')).toEqual([
      "const name = 'hammer'",
      "expect(label(name, 3)).toBe('3 hammers')",
    ])
    expect(translated('assert_eq!(7.label(3), "3 sevens");').translated).toBe(0)
  })

  it('reads a copy of what iterates and is `Copy`, where Rust does', () => {
    const code =
      'let mut words = inventory::walk("a b");\nassert_eq!(words.count(), 2);\nassert_eq!(words.next(), Some("a"));\nassert_eq!(words.count(), 1);'
    expect(lines(code)).toEqual([
      "const words = walk('a b')",
      'expect([...words.clone()].length).toBe(2)',
      "expect(next(words)).toBe('a')",
      'expect([...words.clone()].length).toBe(1)',
    ])
  })

  it('does not read all of an object that iterates where Rust reads a few', () => {
    const few = 'for word in inventory::walk("a b").take(1) { assert_eq!(word, "a"); }'
    expect(translated(few)).toMatchObject({ translated: 0, reasons: { 'an iterator that may not end': 1 } })
    expect(lines('assert_eq!(inventory::walk("a b").count(), 2);')).toEqual(["expect([...walk('a b')].length).toBe(2)"])
  })

  it('follows an import no further than it leads', () => {
    expect(
      lines('use other::prelude::*;\nuse a::b as c;\nuse c::d as a;\nassert_eq!(inventory::total(&[1]), 1);'),
    ).toEqual(['expect(total([1])).toBe(1)'])
    expect(translated('use other::prelude::*;\nassert_eq!(other::twice(1), 2);').translated).toBe(0)
    expect(translated('use a::b as c;\nuse c::d as a;\nassert_eq!(a::twice(1), 2);').translated).toBe(0)
  })

  it('runs what is hidden, without its mark', () => {
    expect(lines('# let item = Item::new("a", 1);\nassert_eq!(item.to_string(), "a");')).toEqual([
      "const item = new Item('a', 1)",
      "expect(item.toString()).toBe('a')",
    ])
  })

  it('runs the body of `main`', () => {
    const code =
      'fn main() -> Result<(), inventory::Error> {\n  let item: Item = "a".parse()?;\n  assert_eq!(item.count(), 1);\n  Ok(())\n}'
    expect(lines(code)).toEqual(["const item = Item.parse('a')", 'expect(item.count()).toBe(1)'])
  })

  it('gives a name that is declared again another name', () => {
    expect(lines('let n = 1;\nlet n = n + 1;\nassert_eq!(n, 2);')).toEqual([
      'const n = 1',
      'const n2 = n + 1',
      'expect(n2).toBe(2)',
    ])
  })

  it('keeps names of blocks inside of them', () => {
    expect(lines('let n = 1;\n{ let n = 2; assert_eq!(n, 2); }\nassert_eq!(n, 1);')).toEqual([
      'const n = 1',
      '{',
      '  const n2 = 2',
      '  expect(n2).toBe(2)',
      '}',
      'expect(n).toBe(1)',
    ])
  })

  it('asks objects whether they are equal', () => {
    const code =
      'let a = Item::new("a", 1);\nassert_eq!(a, a.clone_of());\nassert_eq!(a.add(&a), a);\nassert_ne!(a, a);\nassert!(a + a == a);'
    const result = translated(code)
    expect(result.lines.slice(1)).toEqual([
      'expect(a.add(a).equals(a)).toBe(true)',
      'expect(a.equals(a)).toBe(false)',
      'expect(a.add(a).equals(a)).toBe(true)',
    ])
    expect(result.reasons).toEqual({ 'a method that the package leaves out': 1 })
  })

  it('asks objects for their order, where there may be none', () => {
    expect(lines('let a = Item::new("a", 1);\nassert!(a <= a);')[1]).toBe(
      'expect((a.compare(a) ?? NaN) <= 0).toBe(true)',
    )
  })

  it('compares options with objects inside by what those say', () => {
    const code = 'let a = Item::new("a", 1);\nassert_eq!(a.kin(), None);\nassert_eq!(a.kin(), Some(a));'
    expect(lines(code).slice(1)).toEqual([
      'expect(a.kin()).toBeNull()',
      'expect(sameOption(a.kin(), a, (a, b) => a.equals(b))).toBe(true)',
    ])
  })

  it('spells variants as the package does', () => {
    expect(
      lines(
        'let a = Item::new("a", 1);\nassert_eq!(a.kind(), Kind::Toy);\nassert!(matches!(a.kind(), Kind::Tool));',
      ).slice(1),
    ).toEqual(["expect(a.kind()).toBe('toy')", "expect(a.kind() === 'tool').toBe(true)"])
  })

  it('keeps results as values', () => {
    const code = [
      'let bad = Item::from_str("");',
      'assert!(bad.is_err());',
      'assert!(Item::from_str("a").is_ok());',
      'assert_eq!(Item::new("a", 1).check(), Ok(()));',
      'assert_eq!(Item::from_str("b").unwrap().count(), 1);',
    ].join('\n')
    expect(lines(code)).toEqual([
      "const bad = attempt(() => Item.parse(''))",
      'expect(bad.ok).toBe(false)',
      "expect(attempt(() => Item.parse('a')).ok).toBe(true)",
      "expect(attempt(() => new Item('a', 1).check()).ok).toBe(true)",
      "expect(Item.parse('b').count()).toBe(1)",
    ])
  })

  it('takes one of several conversions by the type of its argument', () => {
    expect(lines('assert_eq!(Item::from(5u8).count(), Item::from("x").count());')).toEqual([
      "expect(Item.fromU8(5).count()).toBe(Item.fromText('x').count())",
    ])
  })

  it('translates a closure that is one expression', () => {
    expect(lines('assert!(Item::new("a", 1).filter(|n| n > 2));')).toEqual([
      "expect(new Item('a', 1).where((n) => n > 2)).toBe(true)",
    ])
  })

  it('writes out closures and names of functions where they are called', () => {
    const code = [
      'let make = |name, n| Item::from_str(name).unwrap().add(&Item::new("x", n));',
      'let sum = inventory::total;',
      'assert_eq!(make("a", 3).count(), 4);',
      'assert_eq!(sum(&[1]), 1);',
    ].join('\n')
    expect(lines(code)).toEqual([
      "expect(Item.parse('a').add(new Item('x', 3)).count()).toBe(4)",
      'expect(total([1])).toBe(1)',
    ])
  })

  it('runs loops and branches whose every part is translated', () => {
    const code = [
      'for (n, name) in [(1, "a"), (2, "b")] { assert_eq!(Item::new(name, n).count(), n); }',
      'for i in 0..=2 { println!("{}", i); assert!(i < 3); }',
      'if let Some(kin) = Item::new("a", 1).kin() { assert_eq!(kin.count(), 1); } else { unreachable!() }',
    ].join('\n')
    expect(lines(code)).toEqual([
      "for (const [n, name] of [[1, 'a'], [2, 'b']] as const) {",
      '  expect(new Item(name, n).count()).toBe(n)',
      '}',
      'for (const i of Array.from({ length: 2 - 0 + 1 }, (_, at) => 0 + at)) {',
      '  expect(i < 3).toBe(true)',
      '}',
      "const kin = new Item('a', 1).kin()",
      'if (kin !== null) {',
      '  expect(kin.count()).toBe(1)',
      '}',
      'else {',
      "  throw new Error('the example panics here')",
      '}',
    ])
  })

  it('reads an iterator where it is', () => {
    const code =
      'let item = Item::new("a b", 1);\nlet mut parts = item.parts();\nassert_eq!(parts.next(), Some("a"));\nassert_eq!(parts.collect::<Vec<_>>(), vec!["b"]);'
    expect(lines(code).slice(1)).toEqual([
      'const parts = iterate(item.parts())',
      "expect(next(parts)).toBe('a')",
      "expect([...parts]).toEqual(['b'])",
    ])
  })
})

describe('a literal keeps its type', () => {
  it('is a bigint where 128 bits are meant', () => {
    expect(
      lines('let a = Item::new("a", 1);\nassert_eq!(a.serial(), 5);\nassert_eq!(5u128, a.serial());').slice(1),
    ).toEqual(['expect(a.serial()).toBe(5n)', 'expect(a.serial()).toBe(5n)'])
    expect(
      lines('let mut a = Item::new("a", 1);\nlet n = 7;\na.set_serial(n);\nassert_eq!(a.serial(), 7);').slice(1),
    ).toEqual(['const n = 7', 'a.setSerial(BigInt(n))', 'expect(a.serial()).toBe(7n)'])
  })

  it('is rounded where 32 bits are meant', () => {
    expect(lines('assert_eq!(Item::new("a", 1).price(), 0.1);')).toEqual([
      "expect(new Item('a', 1).price()).toBe(Math.fround(0.1))",
    ])
    expect(lines('let p = 0.1f32;\nassert_eq!(p, 0.5_f32);')).toEqual([
      'const p = Math.fround(0.1)',
      'expect(p).toBe(0.5)',
    ])
  })

  it('does not tell the two zeros apart', () => {
    expect(lines('assert_eq!(Item::new("a", 1).weight(), 0.0);')).toEqual([
      "expect(new Item('a', 1).weight() === 0).toBe(true)",
    ])
  })

  it('is text, bytes and escapes as Rust reads them', () => {
    expect(lines('assert_eq!("a\\u{1F600}\\x41\\n", r#"b"c"#);')).toEqual(["expect('a\u{1F600}A\\n').toBe('b\"c')"])
    expect(lines('assert_eq!(inventory::hash(b"a\\xff"), 0x1_0);')).toEqual([
      'expect(hash(Uint8Array.of(97, 255))).toBe(16)',
    ])
    expect(lines('assert_eq!(Item::new("a", 1).digest(), [1, 2]);')).toEqual([
      "expect([...new Item('a', 1).digest()]).toEqual([1, 2])",
    ])
  })

  it('gives up where a number cannot hold it', () => {
    expect(translated('assert_eq!(18446744073709551615u64, 1u64);').reasons).toEqual({
      'an integer that a number cannot hold': 1,
    })
  })
})

describe('what is not certain is not translated', () => {
  it('gives up what follows a statement that may have changed something', () => {
    const code =
      'let mut a = Item::new("a", 1);\nassert_eq!(a.count(), 1);\nwhile a.count() < 3 { a.rename("b"); }\nassert_eq!(a.count(), 1);\nassert!(true);'
    const result = translated(code)
    expect(result.translated).toBe(1)
    expect(result.lines).toEqual(["const a = new Item('a', 1)", 'expect(a.count()).toBe(1)'])
    expect(result.reasons).toEqual({ 'follows an untranslated statement': 2 })
  })

  it('goes on after a binding that nothing else depends on', () => {
    const code = 'let x = other::thing();\nassert_eq!(x, 1);\nassert_eq!(Item::new("a", 1).count(), 1);'
    const result = translated(code)
    expect(result.lines).toEqual(["expect(new Item('a', 1).count()).toBe(1)"])
    expect(result.reasons).toEqual({ 'a name from outside of the crate': 1 })
  })

  it('gives up a variable that an untranslated binding may have changed', () => {
    const code = 'let mut a = Item::new("a", 1);\nlet x = other::thing(&mut a);\nassert_eq!(a.count(), 1);'
    expect(translated(code)).toEqual({ lines: [], translated: 0, reasons: { 'follows an untranslated statement': 1 } })
  })

  it('gives up an iterator that is used after it was read: Rust has copied it', () => {
    const code =
      'let mut it = Item::new("a", 1).parts();\nassert_eq!(it.count(), 1);\nassert_eq!(it.next(), Some("a"));'
    expect(translated(code).reasons).toEqual({ 'an iterator that was read': 1 })
  })

  it('gives up a loop that changes something in a way that is not known', () => {
    const code =
      'let mut a = Item::new("a", 1);\nfor _ in 0..2 { assert_eq!(a.count(), 1); let x = other::thing(&mut a); }'
    expect(translated(code).reasons).toEqual({ 'a loop': 1 })
  })

  it('gives up a closure over something that changes', () => {
    const code = 'let mut n = 1;\nlet f = move |x| x + n;\nn = 2;\nassert_eq!(f(1), 2);'
    expect(translated(code).reasons).toEqual({ 'a closure over something that changes': 1 })
  })

  it.each([
    ['a type of the example', 'struct Item2;\nassert_eq!(Item2::new(), 1);'],
    ['a name from outside of the crate', 'use serde_json::json;\nassert_eq!(json::x(), 1);'],
    ['the macro `items!`', 'assert_eq!(items!(1), 1);'],
    ['a call of a value', 'assert_eq!((|x: u8| x)(1), 1);'],
    ['an `if` as a value', 'assert_eq!(if true { 1 } else { 2 }, 1);'],
    ['a comparison of values of different types', 'assert_eq!(1u8, "a");'],
    ['an error as a value', 'assert_eq!(Item::from_str(""), Err(inventory::Error::Empty));'],
  ])('says why: %s', (reason, code) => {
    const result = translated(code)
    expect(result.translated).toBe(0)
    expect(result.reasons).toEqual({ [reason]: 1 })
  })

  it('does not take a type of the example for one of the crate', () => {
    const code = 'struct Item;\nimpl Item { fn count() -> u8 { 1 } }\nassert_eq!(Item::from(1u8).count(), 1);'
    expect(translated(code).reasons).toEqual({ 'a type of the example': 1 })
  })

  it('honours conditions on statements', () => {
    const code =
      '#[cfg(feature = "off")]\nassert_eq!(1, 2);\n#[cfg(all(feature = "extra", not(test)))]\nassert_eq!(1, 1);\n#[cfg(target_os = "plan9")]\n{ assert_eq!(1, 3); }'
    const result = translated(code)
    expect(result.lines).toEqual(['expect(1).toBe(1)'])
    expect(result.reasons).toEqual({
      'behind a condition that does not hold': 1,
      'behind a condition that is not known here': 1,
    })
  })

  it.each(['ignore', 'no_run', 'compile_fail', 'should_panic', 'rust,ignore-wasm'])(
    'does not run an example marked `%s`',
    (info) => {
      const result = translated('assert_eq!(1, 1);', info)
      expect(result.translated).toBe(0)
      expect(Object.values(result.reasons)).toEqual([1])
    },
  )

  it('leaves fences of other languages alone', () => {
    expect(translated('assert_eq!(1, 1);', 'text').reasons).toEqual({})
    expect(translated('assert_eq!(1, 1);', 'rust,edition2021').translated).toBe(1)
  })

  it('counts every assertion once, those in loops and uncalled functions too', () => {
    const code =
      'fn helper() { assert!(true); assert!(true); }\nassert!(true);\nloop { assert_eq!(1, 1); }\nassert!(false);'
    const result = translated(code)
    expect(result.translated).toBe(1)
    expect(Object.values(result.reasons).reduce((sum, amount) => sum + amount, 0)).toBe(4)
  })

  it('counts the assertions of an example that does not parse', () => {
    expect(translated('assert_eq!(1, 1);\nlet = = 3;').reasons).toEqual({ 'the example does not parse': 1 })
  })
})

describe('the file', () => {
  it('is empty when nothing was translated', () => {
    expect(translateExamples(crateWithDocs('No example.'), inventory).tests).toBe('')
  })

  it('is the same each time', () => {
    const model = crateWithDocs(`${fence}\nassert!(inventory::Item::from_str("a").is_err());\n${fence}`)
    const first = translateExamples(model, inventory)
    expect(translateExamples(model, inventory)).toEqual(first)
    expect(first.tests).toContain("import { Item } from '../dist/index.mjs'")
    expect(first.tests).toContain("new Set(['ERR_INVENTORY'])")
  })

  it('names each test by the item and keeps hostile text inside of its quotes', () => {
    const model = crateWithDocs(`${fence}\nassert_eq!("*/ ' \\\\ \${x} \\u{2028}", "");\n${fence}`)
    expect(translateExamples(model, inventory).tests).toContain("expect('*/ \\' \\\\ ${x} \\u2028').toBe('')")
  })
})
