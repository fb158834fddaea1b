/** Numbers that cross as a JavaScript number. */
export const NUMBERS: ReadonlySet<string> = new Set([
  ...['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'isize', 'usize', 'f32', 'f64'],
  ...['NonZeroI8', 'NonZeroU8', 'NonZeroI16', 'NonZeroU16', 'NonZeroI32', 'NonZeroU32'],
  ...['NonZeroI64', 'NonZeroU64', 'NonZeroIsize', 'NonZeroUsize'],
])

/** Every type of one word, with what JavaScript has for it. */
export const SIMPLE_TYPE_DOCS: readonly { readonly names: readonly string[]; readonly javascript: string }[] = [
  { names: ['boolean'], javascript: '`boolean`' },
  { names: ['i8', 'u8', 'i16', 'u16', 'i32', 'u32'], javascript: '`number`, a whole one in that range' },
  { names: ['i64', 'u64', 'isize', 'usize'], javascript: '`number`, a safe integer' },
  { names: ['f32', 'f64'], javascript: '`number`' },
  {
    names: [...NUMBERS].filter((name) => name.startsWith('NonZero')),
    javascript: '`number`, never 0',
  },
  { names: ['bigint64', 'biguint64', 'i128', 'u128'], javascript: '`bigint` in that range' },
  { names: ['text'], javascript: '`string` without lone surrogates' },
  { names: ['char'], javascript: '`string` of one code point' },
  { names: ['bytes'], javascript: '`Uint8Array`' },
  { names: ['duration'], javascript: '`number`, milliseconds' },
  { names: ['date'], javascript: '`Date`' },
  { names: ['json'], javascript: '`unknown`, a value of JSON' },
  { names: ['ordering'], javascript: '`-1`, `0` or `1`' },
  { names: ['void'], javascript: 'nothing; only as a result' },
]

export const SIMPLE_TYPES: ReadonlySet<string> = new Set(SIMPLE_TYPE_DOCS.flatMap(({ names }) => names))

/** Other spellings that mean the same. */
export const TYPE_SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['bool', 'boolean'],
  ['milliseconds', 'duration'],
  ['bigint128', 'i128'],
  ['biguint128', 'u128'],
])

/** Names from elsewhere, and what they are called here. */
export const commonMistakes: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['String', 'text'],
  ['str', 'text'],
  ['int', 'i32'],
  ['integer', 'i32'],
  ['uint', 'u32'],
  ['long', 'i64'],
  ['size_t', 'usize'],
  ['number', 'f64'],
  ['double', 'f64'],
  ['float', 'f32'],
  ['bigint', 'bigint64'],
  ['buffer', 'bytes'],
  ['Buffer', 'bytes'],
  ['Uint8Array', 'bytes'],
  ['Date', 'date'],
  ['Duration', 'duration'],
  ['Ordering', 'ordering'],
  ['Map', 'map'],
  ['null', 'void'],
  ['undefined', 'void'],
])
