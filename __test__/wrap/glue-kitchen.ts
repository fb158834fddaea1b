// A spec of fixtures/kitchen from its signatures, and the addon that its glue compiles to.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { attachAddon, FerruleError } from 'ferrule/boundary'
import { emitGlue } from '../../src/wrap/generate/rust.js'
import { buildPackage } from '../../src/wrap/ir/build.js'
import { contractDigest, contractItems } from '../../src/wrap/ir/contract.js'
import type { Package } from '../../src/wrap/ir/ir.js'
import { readNames } from '../../src/wrap/ir/world.js'
import { camel } from '../../src/wrap/model/names.js'
import { parseSignature } from '../../src/wrap/model/text.js'
import type { RustType } from '../../src/wrap/model/rust-type.js'
import { boundaryText, mapType } from '../../src/wrap/rules/map-type.js'
import { isRefusal, type Direction } from '../../src/wrap/rules/mapping.js'
import { withSinks } from '../../src/wrap/rules/sinks.js'
import type { EnumEntry, FunctionEntry, MethodEntry, Spec } from '../../src/wrap/spec/spec.js'
import { fn, handle, method, record, specOf, unitEnum } from './glue-fixture.js'

const place = { line: 1, column: 1 }
const field = (name: string, type: string, rust = name): EnumEntry['variants'][number]['fields'][number] => ({
  name,
  type,
  rust,
})

const base = specOf('kitchen', 'kitchen', {
  handles: [
    handle('Builder', 'kitchen::Builder'),
    handle('Once', 'kitchen::Once', { clone: false }),
    handle('Local', 'kitchen::Local', { bound: true }),
    handle('Page', "kitchen::Page<'t>", { clone: false }),
    handle('Word', "kitchen::Word<'p, 't>"),
    handle('Slice', "kitchen::Slice<'b>"),
    handle('TextWrapper', 'kitchen::Wrapper<String>', { clone: false }),
  ],
  records: [
    record('Point', 'kitchen::Point', { x: 'f64', label: 'text', tags: 'text[]', kind: 'enum Kind', next: 'u32?' }),
    record('View', "kitchen::View<'_>", { name: 'text', n: 'u32' }, { by: 'getter' }),
  ],
  enums: [
    unitEnum('Kind', 'kitchen::Kind', { a: 'A', 'big-one': 'BigOne', type: 'Type' }, { nonExhaustive: true }),
    {
      ...unitEnum('Shape', 'kitchen::Shape', {}),
      variants: [
        { name: 'none', rust: 'None', fields: [] },
        { name: 'circle', rust: 'Circle', fields: [field('value', 'f64', '0')] },
        { name: 'named', rust: 'Named', fields: [field('name', 'text'), field('points', 'record Point[]')] },
        { name: 'pair', rust: 'Pair', fields: [field('first', 'u8', '0'), field('second', 'enum Kind', '1')] },
      ],
    },
  ],
  errors: [
    { place, required: false, rustType: 'kitchen::Fault::Bad', code: 'ERR_KITCHEN_BAD', fields: ['at', 'why'] },
    { place, required: false, rustType: 'kitchen::Silent', code: 'ERR_KITCHEN_SILENT', fields: [] },
  ],
  constants: [
    { place, required: false, name: 'MAX', rust: 'kitchen::Builder::MAX', type: 'u32', owner: 'Builder' },
    { place, required: false, name: 'LABEL', rust: 'kitchen::Builder::LABEL', type: 'text', owner: 'Builder' },
  ],
})

/** The boundary's texts for a signature: what the scanner would write. */
function texts(rust: string, owner: string | undefined): { params: Record<string, string>; returns: string } {
  const { world, types } = readNames(base, [])
  const self = owner === undefined ? undefined : types.get(owner)
  const { signature, sinks } = withSinks(parseSignature(rust))
  const text = (type: RustType, direction: Direction): string => {
    const mapping = mapType(type, direction, self === undefined ? world : { ...world, self }, signature)
    if (isRefusal(mapping)) throw new Error(`${rust}: ${mapping.reason}`)
    return boundaryText(mapping)
  }
  const params = Object.fromEntries(signature.params.map(({ name, type }) => [name, text(type, 'in')]))
  return {
    params,
    returns: sinks === undefined && rust.endsWith('-> &mut Self') ? 'void' : text(signature.returns, 'out'),
  }
}

function makes(name: string, path: string, rust: string, more: Partial<FunctionEntry> = {}): FunctionEntry {
  const dot = name.indexOf('.')
  const { params, returns } = texts(rust, dot < 0 ? undefined : name.slice(0, dot))
  return fn(name, `kitchen::${path}`, params, returns, rust, more)
}

function does(name: string, rustMethod: string, rust: string, more: Partial<MethodEntry> = {}): MethodEntry {
  const { params, returns } = texts(rust, name.slice(0, name.indexOf('.')))
  return method(name, rustMethod, params, returns, rust, more)
}

/** As somebody writes it who wants an iterator in place of an array. */
const lazily = <E extends FunctionEntry | MethodEntry>(entry: E): E => ({ ...entry, returns: `lazy ${entry.returns}` })

/** Each as the crate has it. */
const FUNCTIONS = `
chars(a: char, b: &str) -> Option<char>
strings(a: String, b: &String, c: std::borrow::Cow<'_, str>, d: std::boxed::Box<str>, e: std::sync::Arc<str>) -> String
paths(a: &std::path::Path, b: std::path::PathBuf, c: &std::ffi::OsStr, d: std::ffi::OsString) -> std::path::PathBuf
generic_text(a: impl AsRef<str>, b: impl Into<String>, c: impl AsRef<std::path::Path>) -> String
cow(a: &str) -> std::borrow::Cow<'_, str>
static_text() -> &'static str
numbers(a: i8, b: u16, c: i64, d: usize, e: isize, f: f32, g: f64) -> f64
wide(a: i128, b: u128) -> (i128, u128)
nonzero(a: std::num::NonZeroU32) -> Option<std::num::NonZeroU32>
bytes(a: &[u8], b: Vec<u8>, c: [u8; 4], d: &[u8; 2], e: std::boxed::Box<[u8]>) -> Vec<u8>
array() -> [u8; 3]
lists(a: &[u32], b: Vec<String>, c: &[&str], d: std::collections::HashSet<u8>, e: std::collections::VecDeque<i32>) -> usize
opt_list(a: Option<&[u32]>, b: Option<&str>, c: Option<Vec<u8>>) -> Vec<Option<u32>>
iter(a: impl IntoIterator<Item = u32>) -> impl Iterator<Item = String>
iter2(a: impl Iterator<Item = String>) -> Vec<Vec<String>>
floats(a: [f64; 2]) -> [f64; 2]
maps(a: std::collections::HashMap<String, u32>, b: &std::collections::BTreeMap<u8, String>) -> std::collections::BTreeMap<String, Vec<u8>>
tuples(a: (u32, String), b: (Option<u8>, (bool,))) -> (String, (Option<u8>, bool))
duration(a: std::time::Duration, b: Option<std::time::Duration>) -> std::time::Duration
date(a: std::time::SystemTime) -> Option<std::time::SystemTime>
order(a: std::cmp::Ordering) -> std::cmp::Ordering
range(a: std::ops::Range<usize>, b: std::ops::RangeInclusive<i32>) -> std::ops::Range<usize>
point(a: kitchen::Point, b: &kitchen::Point, c: Option<kitchen::Point>) -> kitchen::Point
points(a: Vec<kitchen::Point>) -> Option<Vec<kitchen::Point>>
kind(a: kitchen::Kind, b: &kitchen::Kind, c: Option<kitchen::Kind>) -> Vec<kitchen::Kind>
shape(a: kitchen::Shape, b: &[kitchen::Shape]) -> Vec<kitchen::Shape>
maybe_shape(a: Option<kitchen::Shape>) -> Option<kitchen::Shape>
fail(a: u8) -> Result<u8, kitchen::Fault>
fail_silent() -> Result<(), kitchen::Silent>
fail_unit() -> Result<Option<String>, ()>
fail_text() -> Result<Vec<u8>, String>
fail_io() -> Result<u32, std::io::Error>
each(n: u32, f: impl FnMut(u32) -> bool) -> u32
fold<F: Fn(String, &str) -> String>(a: &[&str], f: F) -> Result<String, kitchen::Fault>
maybe_once(n: u8) -> Option<kitchen::Once>
onces(n: u8) -> Vec<kitchen::Once>
sum(a: &[kitchen::Builder]) -> u32
opt_ref(a: Option<&kitchen::Builder>, b: Option<kitchen::Builder>) -> u32
register(kind: u32, this: u32) -> u32
sink_text(a: &str, out: &mut String) -> ()
sink_bytes(a: &[u8], out: &mut Vec<u8>) -> Result<(), kitchen::Fault>
sink_count(a: &str, out: &mut Vec<String>) -> u32
sink_two(a: &str, upper: &mut String, lengths: &mut std::collections::BTreeMap<String, u32>) -> ()
sink_write(a: &str, w: impl std::io::Write) -> Result<(), std::io::Error>
sink_write_mut<W: std::io::Write + ?Sized>(a: &str, w: &mut W) -> Result<u64, std::io::Error>
sink_dyn(a: &str, w: &mut dyn std::fmt::Write) -> Result<(), std::fmt::Error>
sink_fmt<W: std::fmt::Write>(w: W, a: u32) -> Result<(), std::fmt::Error>
sink_seek<W: std::io::Write + std::io::Seek>(w: &mut W, a: u8) -> Result<(), std::io::Error>
sink_slice(a: &[u8], out: &mut [u8]) -> Result<usize, kitchen::Fault>
sink_need(a: usize, out: &mut [u8]) -> usize
sink_maybe(a: bool, out: &mut [u8]) -> Option<usize>
sink_view<'b>(a: u8, out: &'b mut [u8]) -> &'b mut str
sink_part<'b>(a: u8, out: &'b mut [u8; 4]) -> &'b [u8]
change_bytes(out: &mut [u8], by: u8) -> ()
change_array(out: &mut [u16; 3], last: u16) -> bool
change_alone(values: &mut Vec<u32>) -> ()
change_points(values: &mut [kitchen::Point], by: f64) -> ()
change_text(text: &mut String) -> ()
read_dyn(r: &mut dyn std::io::Read) -> Result<usize, std::io::Error>
read_mut<R: std::io::Read>(r: &mut R, n: u64) -> Result<Vec<u8>, std::io::Error>
read_lines(r: impl std::io::BufRead) -> usize
view(a: &str) -> kitchen::View<'_>
views(a: &str) -> Vec<kitchen::View<'_>>`
  .trim()
  .split('\n')
  .map((line): [string, string] => {
    const at = line.search(/[(<]/)
    return [line.slice(0, at), line.slice(at)]
  })

/** Those that also run on the pool. */
const TASKS = ['sum', 'shape', 'point', 'wide', 'sink_slice', 'sink_seek', 'change_points']

export const kitchenSpec = (): Spec => ({
  ...base,
  functions: [
    ...FUNCTIONS.map(([name, rust]) => makes(camel(name), name, rust)),
    ...FUNCTIONS.filter(([name]) => TASKS.includes(name)).map(([name, rust]) =>
      makes(`${camel(name)}Task`, name, rust, { async: 'blocking' }),
    ),
    lazily(makes('lazyWords', 'lazy_words', '(text: &str) -> impl Iterator<Item = &str>')),
    lazily(makes('lazyPoints', 'lazy_points', '(x: f64) -> impl Iterator<Item = kitchen::Point>')),
    lazily(
      makes(
        'lazyPairs',
        'lazy_pairs',
        "<'a>(bytes: &'a [u8], text: &'a str) -> Result<impl Iterator<Item = (u8, char)>, kitchen::Fault>",
      ),
    ),
    makes('Builder.new', 'Builder::new', '() -> Self', { isConstructor: true }),
    makes('Once.new', 'Once::new', '(n: u8) -> kitchen::Once'),
    makes('Local.new', 'Local::new', '(n: u32) -> kitchen::Local'),
    makes('TextWrapper.new', 'Wrapper::<String>::new', '(t: String) -> Self'),
    makes('Page.open', 'Page::open', "(text: &'t str) -> Result<Self, kitchen::Fault>"),
    makes('Page.joined', 'Page::joined', "(first: &str, second: &'t str) -> Option<Self>"),
    makes('Page.lines', 'Page::lines', "(text: &'t str) -> Vec<kitchen::Page<'t>>"),
    makes('Slice.of', 'Slice::of', "(bytes: &'b [u8]) -> Self"),
    makes('Slice.longer', 'Slice::longer', "<'x>(a: kitchen::Slice<'x>, b: kitchen::Slice<'x>) -> kitchen::Slice<'x>"),
  ],
  methods: [
    does('Page.words', 'words', "(&self) -> impl Iterator<Item = kitchen::Word<'_, 't>>"),
    lazily(does('Builder.lazyLetters', 'lazy_letters', '(&self) -> impl Iterator<Item = char>')),
    lazily(does('Page.lazyTexts', 'lazy_texts', "(&self) -> impl Iterator<Item = &'t str>")),
    does('Page.find', 'find', "<'p>(&self, text: &str) -> Result<Option<kitchen::Word<'p, 't>>, kitchen::Fault>"),
    does('Word.text', 'text', "(self) -> &'t str"),
    does('Word.next', 'next', '(&self) -> Option<Self>'),
    does('Word.rest', 'rest', "(&self) -> Option<Vec<kitchen::Word<'p, 't>>>"),
    does('Word.page', 'page', "(&self) -> &'p kitchen::Page<'t>"),
    does('Word.same', 'same', "(&self, other: &kitchen::Word<'_, '_>) -> bool"),
    does('Slice.tail', 'tail', '(&self, from: usize) -> Self'),
    does('Slice.or', 'or', "(self, other: kitchen::Slice<'b>) -> kitchen::Slice<'b>"),
    does('Slice.get', 'get', "(&self) -> &'b [u8]"),
    does('Builder.label', 'label', "(&self) -> kitchen::Slice<'_>"),
    does('Builder.add', 'add', '(&mut self, n: u32) -> &mut Self', { chains: true }),
    does('Builder.with', 'with', '(self, n: u32) -> Self'),
    does('Builder.withConsumed', 'with', '(self, n: u32) -> Self', { consumes: true }),
    does('Builder.n', 'n', '(&self) -> u32'),
    does('Builder.name', 'name', '(&self) -> &str'),
    does('Builder.opt', 'opt', '(&self) -> Option<&String>'),
    does('Builder.each', 'each', '(&mut self, f: &mut dyn FnMut(&str)) -> ()'),
    does('Builder.nameField', 'name', '(&self) -> &String', { isField: true }),
    does('Builder.optField', 'opt', '(&self) -> &Option<String>', { isField: true }),
    does('Builder.later', 'later', 'async (&self, by: u32, s: &str) -> Result<u32, kitchen::Fault>', { async: 'lane' }),
    does('Builder.laterMut', 'later_mut', 'async (&mut self, other: &kitchen::Builder) -> u32', { async: 'lane' }),
    does('Builder.nameInto', 'name_into', '(&self, out: &mut String) -> ()'),
    does('Builder.addInto', 'add_into', '(&mut self, n: u32, out: &mut Vec<u32>) -> &mut Self'),
    does('Builder.laterInto', 'later_into', 'async (&self, out: &mut Vec<u8>) -> usize', { async: 'lane' }),
    does('Once.len', 'len', '(&self) -> usize'),
    does('Once.push', 'push', '(&mut self, a: u8) -> ()'),
    does('Once.intoVec', 'into_vec', '(self) -> Vec<u8>'),
    does('Once.intoVecTask', 'into_vec', '(self) -> Vec<u8>', { async: 'blocking' }),
    does('Once.join', 'join', '(self, o: Self) -> Self'),
    does('Once.tryInto', 'try_into', '(self, ok: bool) -> Result<Self, kitchen::Fault>'),
    does('Local.get', 'get', '(&self) -> u32'),
    does('Local.twice', 'twice', '(&self) -> (kitchen::Local, kitchen::Local)'),
    does('TextWrapper.get', 'get', '(&self) -> String'),
    does('TextWrapper.show', 'show', '(&self) -> impl std::fmt::Display'),
    does('TextWrapper.put', 'put', '(&mut self, t: String) -> ()'),
    does('TextWrapper.second', '1', '(&self) -> &u8', { isField: true }),
  ],
})

export function packageOf(spec: Spec): Package {
  const { package: built, faults } = buildPackage(spec)
  if (built === undefined) throw new Error(faults.map(({ message }) => message).join('\n'))
  return built
}

type Native = Record<string, (...args: unknown[]) => unknown>

export interface Kitchen {
  readonly native: Native
  /** Calls an async export. */
  readonly call: (begin: (number: number) => unknown) => Promise<unknown>
}

const root = join(import.meta.dirname, '..', '..')

/** Compiles the glue of the kitchen and loads it; the folder stays, so that a second run is quick. */
export function cookKitchen(): Kitchen {
  const pkg = packageOf(kitchenSpec())
  const folder = join(root, 'target', 'wrap-kitchen')
  mkdirSync(join(folder, 'src'), { recursive: true })
  const manifest = `[package]
name = "kitchen-node"
version = "0.1.0"
edition = "2024"

[lib]
crate-type = ["cdylib"]

[dependencies]
ferrule-node = { path = "../../crates/node" }
yoke = { version = "0.8.4", features = ["derive"] }
kitchen = { path = "../../__test__/wrap/fixtures/kitchen" }

[build-dependencies]
napi-build = "2.6"

[workspace]
`
  writeFileSync(join(folder, 'Cargo.toml'), manifest)
  if (!existsSync(join(folder, 'Cargo.lock'))) copyFileSync(join(root, 'Cargo.lock'), join(folder, 'Cargo.lock'))
  writeFileSync(join(folder, 'build.rs'), 'fn main() {\n    napi_build::setup();\n}\n')
  writeFileSync(
    join(folder, 'src', 'lib.rs'),
    '#![deny(warnings)]\nmod glue;\nferrule_node::addon! { "kitchen" => glue::register }\n',
  )
  writeFileSync(join(folder, 'src', 'glue.rs'), emitGlue(pkg))
  execFileSync('cargo', ['build', '--quiet', '--target-dir', join(folder, 'target')], { cwd: folder, stdio: 'pipe' })
  return load(pkg, folder)
}

function load(pkg: Package, folder: string): Kitchen {
  const names: Partial<Record<NodeJS.Platform, string>> = { win32: 'kitchen_node.dll', darwin: 'libkitchen_node.dylib' }
  const binary = join(folder, 'kitchen.node')
  copyFileSync(join(folder, 'target', 'debug', names[process.platform] ?? 'libkitchen_node.so'), binary)
  process.env['KITCHEN_PATH'] = binary
  const boundary = attachAddon({
    packageName: 'kitchen-node',
    version: '0.1.0',
    binaryName: 'kitchen',
    overrideVariable: 'KITCHEN_PATH',
    localFolders: [],
    from: createRequire(import.meta.url).resolve('ferrule/package.json'),
  })
  const items = contractItems(pkg)
  const contract = { system: 'kitchen', apiVersion: 1, digest: contractDigest(items), items }
  return {
    native: boundary.open<Native>(contract, FerruleError),
    call: (begin) =>
      boundary.call('kitchen', {}, (number) => {
        begin(number)
      }),
  }
}
