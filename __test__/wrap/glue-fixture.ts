// Specs as plain data, for tests of what is built from them.
import type { EnumEntry, FunctionEntry, HandleEntry, MethodEntry, RecordEntry, Spec } from '../../src/wrap/spec/spec.js'

const place = { line: 1, column: 1 }

/** A spec of nothing, with what is given. */
export function specOf(name: string, crate: string, parts: Partial<Spec> = {}): Spec {
  return {
    file: `${name}.wrapper_spec`,
    lib: { place, name, version: '0.1.0', lang: 'rust', rustCrate: crate, rustCrateVersion: '1' },
    crate: { place, features: [], defaultFeatures: true, dependencies: {} },
    api: 'generated',
    handles: [],
    records: [],
    enums: [],
    errors: [],
    callbacks: [],
    instances: [],
    functions: [],
    methods: [],
    constants: [],
    ...parts,
  }
}

export const handle = (name: string, rustType: string, more: Partial<HandleEntry> = {}): HandleEntry => ({
  place,
  required: false,
  name,
  rustType,
  share: false,
  bound: false,
  clone: true,
  ...more,
})

const callable = {
  place,
  required: false,
  async: false,
  sync: true,
  consumes: false,
  stream: false,
  waits: false,
  independent: false,
  examples: [],
} as const

const params = (list: Readonly<Record<string, string>>): FunctionEntry['params'] =>
  Object.entries(list).map(([name, type]) => ({ place, name, type }))

/** A function; with `Type.name` it belongs to a class. */
export function fn(
  name: string,
  rustFn: string,
  takes: Readonly<Record<string, string>>,
  returns: string,
  rust?: string,
  more: Partial<FunctionEntry> = {},
): FunctionEntry {
  const dot = name.indexOf('.')
  return {
    ...callable,
    name: name.slice(dot + 1),
    ...(dot < 0 ? {} : { owner: name.slice(0, dot) }),
    rustFn,
    params: params(takes),
    returns,
    ...(rust === undefined ? {} : { rust }),
    isConstructor: false,
    ...more,
  }
}

/** A method, `Type.name`. */
export function method(
  name: string,
  rustMethod: string,
  takes: Readonly<Record<string, string>>,
  returns: string,
  rust?: string,
  more: Partial<MethodEntry> = {},
): MethodEntry {
  const [owner = '', own = ''] = name.split('.')
  return {
    ...callable,
    name: own,
    handle: owner,
    rustMethod,
    params: params(takes),
    returns,
    ...(rust === undefined ? {} : { rust }),
    exclusive: false,
    chains: false,
    ...more,
  }
}

export const record = (
  name: string,
  rustType: string,
  fields: Readonly<Record<string, string>>,
  more: Partial<RecordEntry> = {},
): RecordEntry => ({
  place,
  required: false,
  name,
  rustType,
  by: 'field',
  fields: Object.entries(fields).map(([field, type]) => ({ name: field, type, rust: field })),
  ...more,
})

export const unitEnum = (
  name: string,
  rustType: string,
  variants: Readonly<Record<string, string>>,
  more: Partial<EnumEntry> = {},
): EnumEntry => ({
  place,
  required: false,
  name,
  rustType,
  nonExhaustive: false,
  variants: Object.entries(variants).map(([text, rust]) => ({ name: text, rust, fields: [] })),
  ...more,
})

/** A part of semver by every kind of item the glue has. */
export const semver = (): Spec =>
  specOf('semver', 'semver', {
    handles: [
      handle('Version', 'semver::Version'),
      handle('VersionReq', 'semver::VersionReq'),
      handle('Comparator', 'semver::Comparator'),
      handle('Prerelease', 'semver::Prerelease'),
      handle('BuildMetadata', 'semver::BuildMetadata'),
    ],
    enums: [
      unitEnum(
        'Op',
        'semver::Op',
        {
          exact: 'Exact',
          greater: 'Greater',
          'greater-eq': 'GreaterEq',
          less: 'Less',
          'less-eq': 'LessEq',
          tilde: 'Tilde',
          caret: 'Caret',
          wildcard: 'Wildcard',
        },
        { nonExhaustive: true },
      ),
    ],
    errors: [{ place, required: false, rustType: 'semver::Error', code: 'ERR_SEMVER_SYNTAX', fields: [] }],
    functions: [
      fn(
        'Version.new',
        'semver::Version::new',
        { major: 'u64', minor: 'u64', patch: 'u64' },
        'handle Version',
        '(major: u64, minor: u64, patch: u64) -> Self',
        { isConstructor: true },
      ),
      fn(
        'Version.parse',
        'semver::Version::parse',
        { text: 'text' },
        'handle Version',
        '(text: &str) -> Result<Self, semver::Error>',
      ),
      fn(
        'VersionReq.parse',
        'semver::VersionReq::parse',
        { text: 'text' },
        'handle VersionReq',
        '(text: &str) -> Result<Self, semver::Error>',
      ),
      fn(
        'Comparator.parse',
        'semver::Comparator::parse',
        { text: 'text' },
        'handle Comparator',
        '(text: &str) -> Result<Self, semver::Error>',
      ),
      fn(
        'Prerelease.new',
        'semver::Prerelease::new',
        { text: 'text' },
        'handle Prerelease',
        '(text: &str) -> Result<Self, semver::Error>',
      ),
      fn(
        'VersionReq.fromStr',
        '<semver::VersionReq as std::str::FromStr>::from_str',
        { text: 'text' },
        'handle VersionReq',
        '(text: &str) -> Result<Self, semver::Error>',
      ),
      fn(
        'VersionReq.default',
        '<semver::VersionReq as std::default::Default>::default',
        {},
        'handle VersionReq',
        '() -> Self',
      ),
      fn(
        'VersionReq.fromComparators',
        '<semver::VersionReq as std::iter::FromIterator<semver::Comparator>>::from_iter',
        { items: 'handle Comparator[]' },
        'handle VersionReq',
        '(items: impl IntoIterator<Item = semver::Comparator>) -> Self',
      ),
    ],
    methods: [
      method(
        'Version.cmpPrecedence',
        'cmp_precedence',
        { other: 'handle Version' },
        'ordering',
        '(&self, other: &Self) -> std::cmp::Ordering',
      ),
      method('Version.toString', 'to_string', {}, 'text', '(&self) -> String', { trait: 'std::string::ToString' }),
      method('Version.equals', 'eq', { other: 'handle Version' }, 'boolean', '(&self, other: &Self) -> bool', {
        trait: 'std::cmp::PartialEq',
      }),
      method(
        'Version.compare',
        'partial_cmp',
        { other: 'handle Version' },
        'ordering?',
        '(&self, other: &Self) -> Option<std::cmp::Ordering>',
        { trait: 'std::cmp::PartialOrd' },
      ),
      method('Version.max', 'max', { other: 'handle Version' }, 'handle Version', '(self, other: Self) -> Self', {
        trait: 'std::cmp::Ord',
      }),
      method(
        'VersionReq.matches',
        'matches',
        { version: 'handle Version' },
        'boolean',
        '(&self, version: &semver::Version) -> bool',
      ),
      method(
        'VersionReq.matchesLater',
        'matches',
        { version: 'handle Version' },
        'boolean',
        '(&self, version: &semver::Version) -> bool',
        { async: 'blocking' },
      ),
      method('VersionReq.toString', 'to_string', {}, 'text', '(&self) -> String', { trait: 'std::string::ToString' }),
      method('Prerelease.asStr', 'as_str', {}, 'text', '(&self) -> &str'),
      method('Prerelease.isEmpty', 'is_empty', {}, 'boolean', '(&self) -> bool'),
      // Taken for good: the spec says so, though the type has copies.
      method('Comparator.into', 'into', {}, 'handle Comparator', '(self) -> Self', {
        consumes: true,
        trait: 'std::convert::Into<semver::Comparator>',
      }),
      method('Comparator.toString', 'to_string', {}, 'text', '(&self) -> String', { trait: 'std::string::ToString' }),
    ],
    constants: [
      {
        place,
        required: false,
        name: 'STAR',
        rust: 'semver::VersionReq::STAR',
        type: 'handle VersionReq',
        owner: 'VersionReq',
      },
      {
        place,
        required: false,
        name: 'EMPTY',
        rust: 'semver::Prerelease::EMPTY',
        type: 'handle Prerelease',
        owner: 'Prerelease',
      },
    ],
  })
