/**
 * Short names of the standard library. Those of Rust's own prelude mean one thing in every crate, so texts use them; the other
 * short names are understood when somebody writes them, but are printed by their path.
 */

/** The names of Rust's prelude: what texts use in place of the path. */
const PRELUDE: Readonly<Record<string, string>> = {
  String: 'std::string::String',
  Vec: 'std::vec::Vec',
  Option: 'std::option::Option',
  Result: 'std::result::Result',
  Box: 'std::boxed::Box',
  ToString: 'std::string::ToString',
  ToOwned: 'std::borrow::ToOwned',
  Send: 'std::marker::Send',
  Sync: 'std::marker::Sync',
  Sized: 'std::marker::Sized',
  Copy: 'std::marker::Copy',
  Unpin: 'std::marker::Unpin',
  Clone: 'std::clone::Clone',
  Default: 'std::default::Default',
  Drop: 'std::ops::Drop',
  Fn: 'std::ops::Fn',
  FnMut: 'std::ops::FnMut',
  FnOnce: 'std::ops::FnOnce',
  AsRef: 'std::convert::AsRef',
  AsMut: 'std::convert::AsMut',
  Into: 'std::convert::Into',
  From: 'std::convert::From',
  TryInto: 'std::convert::TryInto',
  TryFrom: 'std::convert::TryFrom',
  Iterator: 'std::iter::Iterator',
  IntoIterator: 'std::iter::IntoIterator',
  DoubleEndedIterator: 'std::iter::DoubleEndedIterator',
  ExactSizeIterator: 'std::iter::ExactSizeIterator',
  FromIterator: 'std::iter::FromIterator',
  Extend: 'std::iter::Extend',
  PartialEq: 'std::cmp::PartialEq',
  Eq: 'std::cmp::Eq',
  PartialOrd: 'std::cmp::PartialOrd',
  Ord: 'std::cmp::Ord',
}

/** Understood, never printed: a person writes `Ordering` in a spec. */
const KNOWN: Readonly<Record<string, string>> = {
  Ordering: 'std::cmp::Ordering',
  Arc: 'std::sync::Arc',
  Rc: 'std::rc::Rc',
  Cow: 'std::borrow::Cow',
  HashMap: 'std::collections::HashMap',
  HashSet: 'std::collections::HashSet',
  BTreeMap: 'std::collections::BTreeMap',
  BTreeSet: 'std::collections::BTreeSet',
  VecDeque: 'std::collections::VecDeque',
  Path: 'std::path::Path',
  PathBuf: 'std::path::PathBuf',
  OsStr: 'std::ffi::OsStr',
  OsString: 'std::ffi::OsString',
  Duration: 'std::time::Duration',
  SystemTime: 'std::time::SystemTime',
  Instant: 'std::time::Instant',
  Display: 'std::fmt::Display',
  Debug: 'std::fmt::Debug',
  FromStr: 'std::str::FromStr',
  Hash: 'std::hash::Hash',
  Borrow: 'std::borrow::Borrow',
  Future: 'std::future::Future',
  Read: 'std::io::Read',
  Write: 'std::io::Write',
  BufRead: 'std::io::BufRead',
  Error: 'std::error::Error',
}

const SHORT = new Map(Object.entries(PRELUDE).map(([short, path]) => [path, short]))
const LONG = new Map([...Object.entries(PRELUDE), ...Object.entries(KNOWN)])

/** The path a text shows: `String` for `std::string::String`, every other path as it is. */
export function shortPath(path: string): string {
  return SHORT.get(path) ?? path
}

/** The path a short name stands for, `undefined` when it is no name of the standard library that we know. */
export function longPath(name: string): string | undefined {
  return LONG.get(name)
}

/** Every primitive type of Rust by its name; `!` is `never`. */
export const PRIMITIVES: ReadonlySet<string> = new Set([
  'bool',
  'char',
  'str',
  'never',
  'f16',
  'f32',
  'f64',
  'f128',
  'i8',
  'i16',
  'i32',
  'i64',
  'i128',
  'isize',
  'u8',
  'u16',
  'u32',
  'u64',
  'u128',
  'usize',
])
