/**
 * `ferrule/regex` as it is generated from its spec, and the same exports written by hand (`../peers/glue`), called at the
 * binding: the same engine and the same boundary on both sides, so that only the glue differs.
 */
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { compileLoop } from '../measure/loop.mjs'
import { peerAddon } from '../peers/build.mjs'
import { rustTarget } from '../../scripts/build/native.mjs'
import { platformOfTarget } from '../../scripts/platforms.mjs'

const require = createRequire(import.meta.url)

export const CONTENDER_NAMES = { generated: 'generated glue', handwritten: 'written by hand' }

/** What generating may cost. */
const AT_MOST = 1.05

/** Each side's exports, over a boundary of its own. */
export function loadContenders() {
  const { triple } = platformOfTarget(rustTarget())
  const own = fileURLToPath(new URL(`../../npm/${triple}/ferrule.${triple}.node`, import.meta.url))
  return { generated: open('generated', own), handwritten: open('handwritten', peerAddon('glue')) }
}

function open(name, binary) {
  const { attachAddon, FerruleError } = require('ferrule/boundary')
  const variable = `FERRULE_BENCH_${name.toUpperCase()}_PATH`
  process.env[variable] = binary
  const boundary = attachAddon({
    packageName: `bench-${name}`,
    version: require('ferrule/package.json').version,
    binaryName: 'bench',
    overrideVariable: variable,
    localFolders: [],
    from: fileURLToPath(import.meta.url),
  })
  const { apiVersion, digest, items } = require(binary).attach([]).open('regex')
  return boundary.open({ system: 'regex', apiVersion, digest, items }, FerruleError)
}

const PATTERN = String.raw`(?<year>\d{4})-(?<month>\d{2})`
const TEXTS = Array.from({ length: 16 }, (_, index) => Buffer.from(`due ${2010 + index}-11, x`).toString('latin1'))

const ROWS = [
  ['escape', 'text in, text out', '', 'native.escape(texts[index & 15]).length'],
  ['isMatch', 'method, text in', 'regex', '(native.regexIsMatch(regex, texts[index & 15]) ? 1 : 0)'],
  ['find', 'method, offsets out', 'regex', 'native.regexFind(regex, texts[index & 15], 0)'],
  ['captures', 'method, offsets of groups out', 'regex', 'native.regexCaptures(regex, texts[index & 15], 0)'],
  ['groupNames', 'list of absent and present texts out', 'regex', 'native.regexGroupNames(regex).length'],
  ['count', 'Sync door with a checkpoint', 'regex', 'native.regexCountTaskSync(null, regex, texts[index & 15])'],
  ['setMatches', 'list of numbers out', 'set', 'native.regexSetMatches(set, texts[index & 15])'],
  [
    'cached',
    'exclusive object, two texts in',
    'cache',
    '(native.patternCacheIsMatch(cache, pattern, texts[index & 15]) ? 1 : 0)',
  ],
]

const SET_UP = {
  regex: 'const regex = native.regexNew(pattern, ["u"], false, null, null, null, null)',
  set: 'const set = native.regexSetNew([pattern, "x"], ["u"], false, null, null, null, null)',
  cache: 'const cache = native.patternCacheNew()',
}

export function glueRows(modules) {
  return ROWS.map(([row, title, needs, operation]) => {
    const contenders = Object.entries(modules).map(([name, native]) => {
      const setUp = SET_UP[needs] ?? ''
      const scope = { native, pattern: PATTERN, texts: TEXTS }
      return { name, loop: compileLoop(`${row} ${name}`, { setUp, operation }, scope), answer: answerOf(row) }
    })
    return { row, title, contenders }
  })
}

const answerOf = (row) => ({ escape: 15, find: 2, captures: 6, groupNames: 3, setMatches: 2 })[row] ?? 1

export const COMPARISONS = ROWS.map(([row]) => {
  return { row, subject: 'generated', rival: 'handwritten', measure: 'ratio', atMost: AT_MOST }
})
