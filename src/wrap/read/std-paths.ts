/**
 * The standard library by the paths people write. rustdoc names the place of definition (`core::iter::traits::iterator::Iterator`),
 * which is often private; public is `std::iter::Iterator`.
 */

const CRATES = new Set(['std', 'core', 'alloc'])

/** Modules all of whose items are also public right under them, but for those of the public modules inside. */
const PUBLIC_INSIDE: Readonly<Record<string, readonly string[]>> = {
  any: [],
  alloc: [],
  array: [],
  ascii: [],
  borrow: [],
  boxed: [],
  cell: [],
  char: [],
  clone: [],
  cmp: [],
  convert: [],
  error: [],
  ffi: [],
  fmt: [],
  future: [],
  hash: [],
  io: [],
  iter: [],
  marker: [],
  mem: [],
  net: [],
  num: [],
  ops: [],
  option: [],
  path: [],
  pin: [],
  process: [],
  ptr: [],
  range: [],
  rc: [],
  result: [],
  slice: [],
  str: ['pattern'],
  string: [],
  sync: ['atomic', 'mpsc', 'nonpoison'],
  task: [],
  thread: [],
  time: [],
  vec: [],
}

const COLLECTIONS: Readonly<Record<string, string>> = {
  'hash::map': 'hash_map',
  'hash::set': 'hash_set',
  'btree::map': 'btree_map',
  'btree::set': 'btree_set',
}

/** Right under `std::collections`. */
const COLLECTION_TYPES = new Set([
  'BTreeMap',
  'BTreeSet',
  'BinaryHeap',
  'HashMap',
  'HashSet',
  'LinkedList',
  'TryReserveError',
  'VecDeque',
])

export function isStandardCrate(name: string): boolean {
  return CRATES.has(name)
}

/** `['core', 'iter', 'traits', 'iterator', 'Iterator']` is `std::iter::Iterator`. */
export function standardPath(path: readonly string[]): string {
  const [, module = '', ...rest] = path
  const name = path.at(-1) ?? ''
  if (path.length <= 2) {
    return ['std', ...path.slice(1)].join('::')
  }
  if (module === 'collections') {
    return collectionPath(rest, name)
  }
  const inside = PUBLIC_INSIDE[module]
  if (inside === undefined || rest.length === 1) {
    return ['std', ...path.slice(1)].join('::')
  }
  const [first = ''] = rest
  return inside.includes(first) ? `std::${module}::${first}::${name}` : `std::${module}::${name}`
}

function collectionPath(rest: readonly string[], name: string): string {
  if (COLLECTION_TYPES.has(name)) {
    return `std::collections::${name}`
  }
  const pair = COLLECTIONS[rest.slice(0, 2).join('::')]
  return `std::collections::${pair ?? rest[0] ?? ''}::${name}`
}
