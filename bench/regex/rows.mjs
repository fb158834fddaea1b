/**
 * The rows of the regex benchmark. Each library does the job as its documentation would have a user do it; one operation of
 * a row is one pass over its input, and every library must come to the same sum.
 */
import { compileLoop } from '../measure/loop.mjs'
import * as patterns from './patterns.mjs'
import * as texts from './texts.mjs'

/** Doubles the time of a backtracking engine with each letter: at 20 it already takes milliseconds for a 21-byte text. */
const BACKTRACKING_TEXT = `${'a'.repeat(20)}!`

const eachLine = (statement) =>
  `const pass = () => { let sum = 0; for (const line of texts.LOG_LINES) ${statement}; return sum }`

const ROWS = [
  {
    row: 'isMatch',
    title: 'does a short string look like an e-mail address',
    operations: texts.EMAILS.length,
    ...sameForAll(
      (test) =>
        `const pass = () => { let sum = 0; for (const text of texts.EMAILS) if (re.${test}(text)) sum++; return sum }`,
      'patterns.EMAIL',
    ),
  },
  {
    row: 'captures',
    title: 'named groups of the date in a log line',
    operations: texts.LOG_LINES.length,
    regexp: {
      setUp: `const re = new RegExp(patterns.DATE)
        ${eachLine('{ const { year, month, day } = re.exec(line).groups; sum += year.length + month.length + day.length }')}`,
    },
    re2: {
      setUp: `const re = new RE2(patterns.DATE, 'u')
        ${eachLine('{ const { year, month, day } = re.exec(line).groups; sum += year.length + month.length + day.length }')}`,
    },
    ferrule: {
      setUp: `const re = new Regex(patterns.DATE)
        ${eachLine('{ const { year, month, day } = re.captures(line).named; sum += year.length + month.length + day.length }')}`,
    },
  },
  counting('count', 'count WARN and ERROR in 1 MiB of log', 'PROBLEM', 'LOG'),
  counting('countForeign', 'the same, log with some non-ASCII text', 'PROBLEM', 'FOREIGN_LOG'),
  iterating('iterate', 'each IPv4-like address in 1 MiB of log, with its offset', 'ADDRESS', 'LOG'),
  iterating('iterateForeign', 'the same, log with some non-ASCII text', 'ADDRESS', 'FOREIGN_LOG'),
  {
    row: 'replaceAll',
    title: 'replace with a template in 1 MiB of log',
    regexp: {
      setUp: `const re = new RegExp(patterns.USER, 'g')
        const pass = () => texts.LOG.replaceAll(re, 'user=$2/$1').length`,
    },
    re2: {
      setUp: `const re = new RE2(patterns.USER, 'gu')
        const pass = () => re.replace(texts.LOG, 'user=$2/$1').length`,
    },
    ferrule: {
      setUp: `const re = new Regex(patterns.USER)
        const pass = () => re.replaceAll(texts.LOG, 'user=$2/$1').length`,
    },
  },
  {
    row: 'setMatches',
    title: 'which of 20 patterns match a log line',
    operations: texts.LOG_LINES.length,
    regexp: {
      setUp: `const set = patterns.ALERTS.map((pattern) => new RegExp(pattern))
        ${eachLine('{ for (const re of set) if (re.test(line)) sum++ }')}`,
    },
    re2: { setUp: `const set = new RE2.Set(patterns.ALERTS, 'u')\n${eachLine('sum += set.match(line).length')}` },
    ferrule: { setUp: `const set = new RegexSet(patterns.ALERTS)\n${eachLine('sum += set.matches(line).length')}` },
  },
  {
    row: 'setAny',
    title: 'does any of 20 patterns match a log line (RegExp: one alternation)',
    operations: texts.LOG_LINES.length,
    regexp: {
      setUp: `const re = new RegExp(patterns.ALERTS.map((pattern) => '(?:' + pattern + ')').join('|'))
        ${eachLine('if (re.test(line)) sum++')}`,
    },
    re2: { setUp: `const set = new RE2.Set(patterns.ALERTS, 'u')\n${eachLine('if (set.test(line)) sum++')}` },
    ferrule: { setUp: `const set = new RegexSet(patterns.ALERTS)\n${eachLine('if (set.isMatch(line)) sum++')}` },
  },
  {
    row: 'backtracking',
    title: '(a+)+$ on twenty letters and one that does not fit',
    ...sameForAll((test) => `const pass = () => (re.${test}(backtrackingText) ? 0 : 1)`, 'patterns.NESTED'),
  },
]

/** A row where the libraries differ only in how they are made and what they call the test. */
function sameForAll(body, pattern) {
  return {
    regexp: { setUp: `const re = new RegExp(${pattern}); ${body('test')}` },
    re2: { setUp: `const re = new RE2(${pattern}, 'u'); ${body('test')}` },
    ferrule: { setUp: `const re = new Regex(${pattern}); ${body('isMatch')}` },
  }
}

function counting(row, title, pattern, text) {
  return {
    row,
    title,
    regexp: {
      setUp: `const re = new RegExp(patterns.${pattern}, 'g'); const pass = () => texts.${text}.match(re).length`,
    },
    re2: { setUp: `const re = new RE2(patterns.${pattern}, 'gu'); const pass = () => re.match(texts.${text}).length` },
    ferrule: { setUp: `const re = new Regex(patterns.${pattern}); const pass = () => re.count(texts.${text})` },
  }
}

/** The sum of the offsets shows that every library numbers the same UTF-16 units. */
function iterating(row, title, pattern, text) {
  const pass = (matches, offset) =>
    `const pass = () => { let sum = 0; for (const match of ${matches}) sum += match.${offset}; return sum }`
  return {
    row,
    title,
    regexp: {
      setUp: `const re = new RegExp(patterns.${pattern}, 'g'); ${pass(`texts.${text}.matchAll(re)`, 'index')}`,
    },
    re2: { setUp: `const re = new RE2(patterns.${pattern}, 'gu'); ${pass(`texts.${text}.matchAll(re)`, 'index')}` },
    ferrule: { setUp: `const re = new Regex(patterns.${pattern}); ${pass(`re.matches(texts.${text})`, 'start')}` },
  }
}

/**
 * @param {{ regexp: object, re2?: object, ferrule?: object }} libraries what each library exports, by contender
 * @returns {{ row: string, title: string, contenders: import('../measure/contest.mjs').Contender[] }[]}
 */
export function regexRows(libraries) {
  return ROWS.map(({ row, title, operations = 1, ...plans }) => {
    const loopOf = (name) => {
      const scope = { ...libraries[name], patterns, texts, backtrackingText: BACKTRACKING_TEXT }
      return compileLoop(`${row} ${name}`, { setUp: plans[name].setUp, operation: 'pass()' }, scope)
    }
    // JavaScript's own engine says what is right; a library that disagrees ends the run.
    const answer = loopOf('regexp')(1)
    const contenders = Object.keys(libraries).map((name) => ({ name, loop: loopOf(name), answer, operations }))
    return { row, title, contenders }
  })
}
