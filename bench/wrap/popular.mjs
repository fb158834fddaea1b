/**
 * A hundred of the most downloaded libraries of the registry, as its front page and its categories have shown them: what crates are
 * picked from blindly. No procedural macros (there is nothing to call), none for one platform only, none of crates.mjs. Written
 * down, in alphabetical order, before any was picked; `node bench/wrap/popular.mjs 4` picks ten by that seed.
 */
import { fileURLToPath } from 'node:url'

export const POPULAR = [
  ...[
    'adler2',
    'ahash',
    'aho-corasick',
    'anstyle',
    'anyhow',
    'arbitrary',
    'arrayvec',
    'base16ct',
    'bincode',
    'bit-set',
  ],
  ...['bitflags', 'bitvec', 'blake3', 'bstr', 'bumpalo', 'bytemuck', 'byteorder', 'bytes', 'cc', 'cfg-if'],
  ...[
    'chacha20',
    'clap',
    'colored',
    'comrak',
    'crc',
    'crc32fast',
    'crossbeam-channel',
    'crossbeam-utils',
    'dashmap',
    'data-encoding',
  ],
  ...['deunicode', 'digest', 'dirs', 'either', 'encoding_rs', 'env_logger', 'fastrand', 'fixedbitset', 'flate2', 'fnv'],
  ...['form_urlencoded', 'futures', 'getrandom', 'glob', 'globset', 'half', 'hashbrown', 'hex', 'hmac', 'http'],
  ...['httparse', 'httpdate', 'humansize', 'idna', 'ignore', 'indexmap', 'indicatif', 'ipnet', 'itertools', 'itoa'],
  ...['jsonwebtoken', 'lazy_static', 'libc', 'log', 'lru', 'md-5', 'memchr', 'memmap2', 'mime', 'mime_guess'],
  ...[
    'minimal-lexical',
    'miniz_oxide',
    'nom',
    'num-bigint',
    'num-rational',
    'num-traits',
    'once_cell',
    'ordered-float',
    'parking_lot',
    'percent-encoding',
  ],
  ...['phf', 'png', 'quick-xml', 'rand', 'rayon', 'ryu', 'same-file', 'scopeguard', 'serde_json', 'sha1'],
  ...[
    'slab',
    'smallvec',
    'tempfile',
    'textwrap',
    'time',
    'tinyvec',
    'toml',
    'unicode-normalization',
    'unicode-width',
    'walkdir',
  ],
]

/** Numbers from 0 to 1 (mulberry32): the same seed gives the same ones everywhere. */
function numbers(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Ten different ones, in the order in which they were drawn. */
export function pick(seed, count = 10) {
  const next = numbers(seed)
  const rest = [...POPULAR]
  return Array.from({ length: count }, () => rest.splice(Math.floor(next() * rest.length), 1)[0])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(pick(Number(process.argv[2] ?? 4)).join(' '))
