/** The rules by name: what maps a type, and what makes an item. docs/rules.md is printed from this table. */

export interface Rule {
  readonly name: string
  /** The Rust side, as a reader knows it. */
  readonly rust: string
  /** The TypeScript side. */
  readonly typescript: string
  readonly note: string
  /** One Rust signature and what a user calls. */
  readonly example: { readonly rust: string; readonly typescript: string }
}

const rule = <const Name extends string>(
  name: Name,
  rust: string,
  typescript: string,
  note: string,
  example: readonly [rust: string, typescript: string],
): Rule & { readonly name: Name } => ({
  name,
  rust,
  typescript,
  note,
  example: { rust: example[0], typescript: example[1] },
})

/** Types. */
export const TYPE_RULES = [
  rule('boolean', '`bool`', '`boolean`', 'Nothing else passes for one.', [
    'fn invert(value: bool) -> bool',
    'invert(value: boolean): boolean',
  ]),
  rule(
    'number',
    '`i8` … `u32`, `f32`, `f64`',
    '`number`',
    'A value outside the range, a fraction or NaN for an integer is `ERR_OUT_OF_RANGE`.',
    ['fn half(value: u32) -> f64', 'half(value: number): number'],
  ),
  rule(
    'wide-number',
    '`i64`, `u64`, `isize`, `usize`',
    '`number`',
    'Safe integers only, both ways: beyond ±(2⁵³ - 1) is `ERR_OUT_OF_RANGE`, never a neighbour.',
    ['fn length(text: &str) -> usize', 'length(text: string): number'],
  ),
  rule('bigint', '`i128`, `u128`', '`bigint`', 'Checked against the range.', [
    'fn square(value: u64) -> u128',
    'square(value: number): bigint',
  ]),
  rule('nonzero', '`NonZeroU32` and its kin', '`number`', '0 is `ERR_OUT_OF_RANGE`.', [
    'fn share(total: u32, parts: NonZeroU32) -> u32',
    'share(total: number, parts: number): number',
  ]),
  rule(
    'text',
    '`char`, `&str`, `String`, `Cow<str>`, `Box<str>`, `Rc<str>`, `Arc<str>`, `Path`, `PathBuf`, `OsStr`, `OsString`',
    '`string`',
    'A lone surrogate is refused, not replaced; a `char` is one code point. Borrowed text comes out as a copy.',
    ['fn first_word(text: &str) -> &str', 'firstWord(text: string): string'],
  ),
  rule(
    'bytes',
    '`&[u8]`, `Vec<u8>`, `[u8; N]`, `Box<[u8]>`, `Cow<[u8]>`',
    '`Uint8Array`',
    'The length of an array is checked.',
    ['fn checksum(data: &[u8]) -> [u8; 4]', 'checksum(data: Uint8Array): Uint8Array'],
  ),
  rule('option', '`Option<T>`', '`T | null`', 'As an argument `undefined` is the same as `null`.', [
    'fn find(text: &str, from: Option<usize>) -> Option<usize>',
    'find(text: string, from: number | null): number | null',
  ]),
  rule(
    'result',
    '`Result<T, E>`, `Option<Result<T, E>>`',
    'returns `T`, throws',
    'The error has the code that `errors` gives `E`, and what its `Display` says, else its `Debug`. The second may be `null` as well.',
    ['fn parse(text: &str) -> Result<Version, Error>', 'parse(text: string): Version'],
  ),
  rule('void', '`()`', '`void`', 'As a result only.', ['fn reset(&mut self)', 'reset(): void']),
  rule('tuple', '`(A, B)`', '`[A, B]`', 'Up to six.', [
    'fn split(text: &str) -> (&str, &str)',
    'split(text: string): [string, string]',
  ]),
  rule('range', '`Range<usize>`, `RangeInclusive<u32>`', '`[number, number]`', 'Start and end, as Rust has them.', [
    'fn range(&self) -> Range<usize>',
    'range(): [number, number]',
  ]),
  rule(
    'list',
    '`Vec<T>`, `&[T]`, `[T; N]`, `VecDeque`, sets',
    '`T[]`',
    'Elements are copied. The length of an array is checked; the order of a hash set is arbitrary.',
    ['fn sum(values: &[f64]) -> f64', 'sum(values: number[]): number'],
  ),
  rule(
    'map',
    '`HashMap<K, V>`, `BTreeMap<K, V>`',
    '`Map<K, V>`',
    'Keys are text, numbers or enums. Maps and sets of `hashbrown` and `indexmap` come out the same.',
    ['fn count(words: &[&str]) -> BTreeMap<String, u32>', 'count(words: string[]): Map<string, number>'],
  ),
  rule(
    'map-pairs',
    'maps with other keys, as results',
    '`[K, V][]`',
    'A JavaScript `Map` compares objects by identity: nothing would be found in it.',
    ['fn costs(&self) -> HashMap<Node, f64>', 'costs(): [Node, number][]'],
  ),
  rule(
    'duration',
    '`std::time::Duration`',
    '`number`',
    'Milliseconds; fractions down to the nanosecond as far as a double has them.',
    ['fn wait(&self) -> Duration', 'wait(): number'],
  ),
  rule('date', '`std::time::SystemTime`', '`Date`', 'To the millisecond.', [
    'fn modified(&self) -> SystemTime',
    'modified(): Date',
  ]),
  rule(
    'json',
    '`serde_json::Value`',
    '`unknown`: a value of JSON',
    'Text of JSON crosses. What JSON does not have (functions, NaN, a `Map`) is refused by its place in the value, more than 127 levels too; a bigint is an integer of any size. An integer beyond ±(2⁵³ - 1) that comes out is `ERR_OUT_OF_RANGE`, never a neighbour.',
    ['fn merge(&mut self, patch: serde_json::Value)', 'merge(patch: unknown): void'],
  ),
  rule('ordering', '`std::cmp::Ordering`', '`-1 | 0 | 1`', 'What `Array.prototype.sort` wants.', [
    'fn compare(&self, other: &Self) -> Ordering',
    'compare(other: Version): -1 | 0 | 1',
  ]),
  rule(
    'handle',
    'any other owned type',
    'a class',
    '`&T` is used for the call, `&mut T` alone for the call; `T` takes a copy when it is `Clone`, else the object itself, which then has ended.',
    ['fn merge(self, other: &Version) -> Version', 'merge(other: Version): Version'],
  ),
  rule(
    'record',
    'structs with only public fields that cross, and no methods that matter',
    'an object type',
    'By value, field by field.',
    ['pub struct Point { pub x: f64, pub y: f64 }', 'interface Point { x: number; y: number }'],
  ),
  rule(
    'view-record',
    "types that borrow, such as `Match<'h>`",
    'an object type',
    'What its getters without arguments give, read at once. Only as a result.',
    ["fn find<'h>(&self, text: &'h str) -> Option<Match<'h>>", 'find(text: string): Match | null'],
  ),
  rule(
    'enum',
    'enums without data; with data',
    'a union of strings; of objects',
    'The first letter becomes small. Variants that a later version adds to a `non_exhaustive` one are refused until then.',
    ['pub enum Weekday { Monday, Tuesday }', "type Weekday = 'monday' | 'tuesday'"],
  ),
  rule(
    'iterable',
    '`impl IntoIterator<Item = T>`, `impl Iterator<Item = T>` as an argument',
    '`T[]`',
    'The array is read before the call.',
    ['fn join(parts: impl IntoIterator<Item = String>) -> String', 'join(parts: string[]): string'],
  ),
  rule(
    'iterator-finite',
    'iterators as results that borrow from what they walk, without methods of their own',
    '`T[]`',
    'What they walk is in memory already, so they end, and are no larger. Collected at once. One with methods of its own is a class: rule `iterator`.',
    ["fn words<'a>(&self, text: &'a str) -> impl Iterator<Item = &'a str>", 'words(text: string): string[]'],
  ),
  rule(
    'iterator-lazy',
    '`impl Iterator` as a result of a function that is given nothing to walk, unless its bounds say that it ends',
    'an `IterableIterator<T>`',
    'It may never end: as for `iterator`, items are made when they are asked for. A spec makes one of any `impl Iterator`, or an array, by its `return`: `lazy u32[]`, `u32[]`; what it borrows from is kept with it.',
    ['fn powers(base: u32) -> impl Iterator<Item = u64>', 'for (const power of powers(2)) …'],
  ),
  rule(
    'sink',
    '`&mut String`, `&mut Vec<T>` and other collections, `impl io::Write`, `impl fmt::Write` as an argument',
    'a result',
    'Nothing is passed: the buffer begins empty, and what the call writes into it comes back. A result that the call has besides is the first of a tuple.',
    ['fn encode(data: &[u8], out: &mut String)', 'encode(data: Uint8Array): string'],
  ),
  rule(
    'sink-length',
    '`&mut [u8]` as an argument, with a `usize` as the result or with a part of it as the result',
    '`length`, and bytes or text as the result',
    'As many zeros are lent; the filled part comes back. More than 1 GiB, or less than the call says it needs, is `ERR_OUT_OF_RANGE`.',
    [
      'fn encode(data: &[u8], out: &mut [u8]) -> Result<usize, Error>',
      'encode(data: Uint8Array, length: number): Uint8Array',
    ],
  ),
  rule(
    'changed-copy',
    'any other `&mut [T]`, `&mut [T; N]`; `&mut String`, `&mut Vec<T>` that are all a function has to work on',
    'the value, and again as the result',
    'A copy is changed and comes back; what was passed stays as it is.',
    ['fn sort(values: &mut [u32])', 'sort(values: number[]): number[]'],
  ),
  rule('reader', '`impl Read`, `impl BufRead`, `&mut` of them', '`Uint8Array`', 'Read from memory.', [
    'fn load(reader: impl Read) -> Result<Image, Error>',
    'load(reader: Uint8Array): Image',
  ]),
  rule(
    'promise',
    '`async fn`; `impl Future<Output = T>`, `Pin<Box<dyn Future<Output = T> + Send>>` as a result',
    '`Promise<T>`',
    'Takes `{ signal, timeoutMs }`: what stops the call drops the future. `…Sync` waits for it on the calling thread.',
    [
      'fn fetch(&self, id: u32) -> impl Future<Output = String> + Send',
      'fetch(id: number, options?: CallOptions): Promise<string>',
    ],
  ),
  rule(
    'stream',
    '`impl Stream<Item = T>`, `Pin<Box<dyn Stream<Item = T> + Send>>`, `BoxStream<T>`, `ReceiverStream<T>` as a result; of `Result<T, E>`, too',
    '`ItemStream<T>`, an async iterator',
    'Made when the function is called, pulled when an item is asked for; those that are ready come in batches of up to 64. Leaving a `for await`, an error, `dispose()` or the signal drops the Rust stream; `timeoutMs` is for each wait. A stream that may borrow from its object shares it meanwhile: what changes the object is `ERR_BUSY`.',
    ['fn ticks(&self) -> impl Stream<Item = u32>', 'for await (const tick of clock.ticks()) …'],
  ),
  rule('display-result', '`impl Display` as a result', '`string`', 'What it displays.', [
    'fn pretty(&self) -> impl Display',
    'pretty(): string',
  ]),
  rule(
    'callback',
    '`impl Fn(A) -> B`, `FnMut`, `FnOnce`, `&dyn Fn(A) -> B`',
    'a function',
    'Called during the call, on the JavaScript thread. What it throws arrives untouched.',
    [
      'fn count_by(text: &str, test: impl Fn(char) -> bool) -> usize',
      'countBy(text: string, test: (value: string) => boolean): number',
    ],
  ),
  rule(
    'callback-queued',
    "`impl Fn(A) + Send + 'static`, `Box<dyn Fn(A) + Send>`, `Arc<dyn Fn(A) + Send + Sync>` that return nothing",
    'a function',
    'May be kept, and called on any thread: calls are queued and made on the JavaScript thread soon after, in order. What it throws is an uncaught exception. It is let go when Rust drops the closure, with the object that keeps it at the latest.',
    ["fn on_change(&mut self, f: impl Fn(u32) + Send + 'static)", 'onChange(f: (value: number) => void): void'],
  ),
] as const

/** What makes a function or method of an item of the crate. */
export const ITEM_RULES = [
  rule('function', 'a public function', 'a function', '`snake_case` becomes `camelCase`.', [
    'pub fn to_title(text: &str) -> String',
    'toTitle(text: string): string',
  ]),
  rule('constructor', '`fn new(…) -> Self` or `-> Result<Self, E>`', '`new T(…)`', 'Only `new`.', [
    'fn new(seed: u32) -> Self',
    'new Random(seed)',
  ]),
  rule(
    'static',
    'other associated functions',
    'a static method',
    'They keep their names: `with_capacity` is `withCapacity`.',
    ['fn with_seed(seed: u32) -> Self', 'Random.withSeed(seed)'],
  ),
  rule(
    'method',
    'a method',
    'a method',
    '`&self`, `&mut self`, and `self` when the type is `Clone` or the object may end.',
    ['fn next(&mut self) -> u32', 'random.next()'],
  ),
  rule('chain', '`fn f(&mut self, …) -> &mut Self`', 'a method that returns `this`', 'For builders.', [
    'fn add(&mut self, item: u32) -> &mut Self',
    'builder.add(1).add(2)',
  ]),
  rule('field', 'a public field of a class', 'a method of its name', 'A copy of the value.', [
    'pub struct Version { pub major: u64, … }',
    'version.major()',
  ]),
  rule(
    'value-method',
    'a method of a record or of an enum',
    'a function named after both',
    'The value is its first argument.',
    ['impl Weekday { fn next(self) -> Weekday }', "weekdayNext('monday')"],
  ),
  rule('constant', 'constants of types that cross as numbers, text, booleans', 'a `readonly` value', '', [
    'pub const MAX: u32 = 7',
    'MAX',
  ]),
  rule('display', '`Display`', '`toString()`', '', ['impl Display for Version', 'version.toString()']),
  rule('from-str', '`FromStr`', 'static `parse(text)`', 'Unless the type has a `parse` of its own.', [
    'impl FromStr for Version',
    "Version.parse('1.2.3')",
  ]),
  rule('clone', '`Clone`', '`clone()`', '', ['impl Clone for Version', 'version.clone()']),
  rule('default', '`Default`', 'static `default()`', '', ['impl Default for Options', 'Options.default()']),
  rule('equals', '`PartialEq`', '`equals(other)`', 'With itself only.', ['impl PartialEq for Version', 'a.equals(b)']),
  rule(
    'compare',
    '`Ord`, `PartialOrd`',
    '`compare(other)`',
    '`PartialOrd` alone gives `null` where there is no order.',
    ['impl Ord for Version', 'versions.sort((a, b) => a.compare(b))'],
  ),
  rule(
    'hash',
    '`Hash`',
    '`hash()`, a `bigint`',
    "All 64 bits of the standard library's `DefaultHasher` with its fixed keys: equal values have equal hashes, in every process that runs the same build. Another build may give others, so it is nothing to store.",
    ['impl Hash for Version', 'version.hash()'],
  ),
  rule('from', '`From<T>`, `TryFrom<T>`', 'static `from…(value)`', 'Named after `T` when there are several.', [
    'impl From<u64> for Version',
    'Version.fromU64(1)',
  ]),
  rule(
    'operator',
    '`Add`, `Sub`, `Mul`, `Div`, `Rem`, `Neg`, `Not`, `BitAnd`, `BitOr`, `BitXor`, `Shl`, `Shr`',
    '`add`, `sub`, `mul`, `div`, `rem`, `neg`, `not`, `bitand`, `bitor`, `bitxor`, `shl`, `shr`',
    'Named after the other side when there are several: `subDuration`.',
    ['impl Add for Decimal', 'a.add(b)'],
  ),
  rule('assign', '`AddAssign` and its kin', '`addAssign(other)` …', 'Changes the object.', [
    'impl AddAssign for Counter',
    'counter.addAssign(other)',
  ]),
  rule('index', '`Index<I>`', '`at(index)`', 'A copy of the element. Rust panics out of range: `ERR_PANIC`.', [
    'impl Index<usize> for Row',
    'row.at(0)',
  ]),
  rule(
    'json-value',
    '`serde::Serialize`, `serde::Deserialize`',
    '`toJSON()`, static `fromJSON(value)`',
    'As `json`, in the shape that the type says to serde: `JSON.stringify` takes it. What does not fit the type is `ERR_INVALID_ARG_TYPE`, with the place in the value as `details.path`. The feature `serde` of a crate is enabled when no features are asked for.',
    ['#[derive(Serialize, Deserialize)] pub struct Version', 'Version.fromJSON(JSON.parse(text))'],
  ),
  rule(
    'deref',
    '`Deref` to another class; `DerefMut`',
    "that class's methods",
    'Those that lend it, and with `DerefMut` those that change it. Own methods of the same name hide them, as in Rust.',
    ['impl Deref for Sorted { type Target = Table; … }', 'sorted.len()'],
  ),
  rule(
    'deref-value',
    '`Deref` to anything else that crosses',
    '`toString()`, `toBytes()`, `toArray()`, `toMap()` or `value()`',
    "A copy of it, by what it is. Left away where the class's own methods give the same.",
    ['impl Deref for Meters { type Target = f64; … }', 'meters.value()'],
  ),
  rule(
    'iterator',
    '`Iterator`, `DoubleEndedIterator` on a class',
    'an `IterableIterator<T>`, `nextBack()`',
    'Items are made when they are asked for, so it may be without an end; each crossing reads a batch, 256 items at most. Leaving `for…of` early disposes it, and so does the last item unless it has more members. An item that is an error is thrown at its place.',
    ['impl Iterator for Days', 'for (const day of days) …'],
  ),
  rule(
    'stream-next',
    '`Stream` on an owned type',
    '`next()`, a promise, and `for await`',
    '`null` at the end. Leaving a `for await` leaves the object as it is: it has an owner, who disposes it.',
    ['impl Stream for Ticks', 'for await (const tick of ticks) …'],
  ),
  rule('trait-method', "a method of one of the crate's own traits", 'a method', "As if it were the type's own.", [
    'impl Area for Square',
    'square.area()',
  ]),
  rule(
    'choice',
    "a type parameter bound by one of the crate's own traits, or by `Into<T>` of a type that does not cross",
    'one function for each type that implements it',
    'Text has the plain name, others have their type behind it. Of generic classes the four with the most methods, lent where references have the trait; two parameters of which the same is asked are one type; of numbers that would do, `f64`. Part of `function`, `static` and `method`.',
    ['fn with_zone<Z: Zone>(&self, zone: &Z) -> Self', 'withZoneUtc(zone: Utc): Time'],
  ),
  rule(
    'extension',
    'a trait of the crate on `str`, `[u8]`, `f64`, `bool` or `char`',
    'a function',
    'The value is its first argument.',
    ['impl ToKebabCase for str', "toKebabCase('one two')"],
  ),
  rule(
    'pair',
    "types that borrow and have more than getters: `Node<'a, 'input>`",
    'a class',
    'An object is kept in one cell with what it borrows from: text and bytes that were passed, the object whose method gave it. A copy of text is made once, when the first object is made of it; ending an object ends none that were made of it.',
    ["impl<'a> Node<'a> { fn parent(&self) -> Option<Node<'a>> }", 'node.parent(): Node | null'],
  ),
  rule(
    'instance',
    'a generic type with its parameters filled in',
    'a class',
    'As the crate uses it: in aliases, defaults, signatures, what functions give for its classes, what methods need of their arguments, what iterators give. Else by the bounds: texts first, numbers behind. A comment in the spec says which. Six of one type at most.',
    ['pub type Date = Point<Utc>', 'class Date'],
  ),
  rule(
    'error',
    'types with `Error`, and those that results fail with',
    'an error code',
    "`ERR_` and the crate's name; the type's name behind it when there are several.",
    ['impl Error for ParseError', 'ERR_SEMVER'],
  ),
] as const

export const RULES: readonly Rule[] = [...TYPE_RULES, ...ITEM_RULES]

export type RuleName = (typeof TYPE_RULES)[number]['name'] | (typeof ITEM_RULES)[number]['name']
