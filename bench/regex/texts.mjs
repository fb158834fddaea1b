/** The inputs: made from a fixed seed, so that every run and every machine searches the same text. */
import { randomFrom } from '../measure/random.mjs'

const MIB = 2 ** 20
const LEVELS = ['INFO', 'INFO', 'INFO', 'INFO', 'DEBUG', 'DEBUG', 'WARN', 'ERROR']
const PATHS = ['/users', '/orders', '/login', '/search', '/static/app.js', '/health', '/api/v2/invoices']
const METHODS = ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE']
const NAMES = ['anna.berg', 'john', 'li.wei', 'maria-s', 'omar', 'r.tagore', 'sofia', 'yuki']
const HOSTS = ['example.com', 'mail.example.org', 'corp.example.net']
const TAILS = ['', '', '', ' retry=1', ' timeout after 5000ms', ' caused by: connection reset', ' cache=miss']
/** What a service with users everywhere finds in its logs; one such character makes the whole string two bytes a unit. */
const FOREIGN_TAILS = [' user said "grüße"', ' ville=Besançon', ' 東京都', ' ✅ done', ' 🚀']

export const EMAILS = [
  'anna.berg@example.com',
  'john@mail.example.org',
  'no at sign here',
  'li.wei+tag@example.net',
  '@example.com',
  'maria-s@corp.example.net',
  'two@@example.com',
  'omar@localhost',
  'sofia.m.garcia@long-sub.domain.example.com',
  'trailing@example.',
  'yuki@example.jp',
  'just-a-word',
  'r.tagore@example.in',
  'spaces in@example.com',
  'x@y.zw',
  'http://example.com/not@mail',
].map(flat)

export const LOG_LINES = logLines(1_000)
export const LOG = logText([])
export const FOREIGN_LOG = logText(FOREIGN_TAILS)

function logText(moreTails) {
  const random = randomFrom(20_261)
  const lines = []
  for (let size = 0; size < MIB;) {
    const line = logLine(random, moreTails)
    lines.push(line)
    size += line.length + 1
  }
  return flat(`${lines.join('\n')}\n`)
}

function logLines(count) {
  const random = randomFrom(7)
  return Array.from({ length: count }, () => flat(logLine(random, [])))
}

function logLine(random, moreTails) {
  const below = (limit) => Math.floor(random() * limit)
  const pick = (choices) => choices[below(choices.length)]
  const when = new Date(Date.UTC(2026, below(12), 1 + below(28), below(24), below(60), below(60), below(1_000)))
  const address = `10.${below(256)}.${below(256)}.${1 + below(254)}`
  const status = random() < 0.9 ? 200 : pick([301, 404, 500, 503])
  // One line in twenty, so that the text is mostly ASCII, as such logs are.
  const tail = moreTails.length > 0 && random() < 0.05 ? pick(moreTails) : pick(TAILS)
  return `${when.toISOString()} ${pick(LEVELS)} [http] ${address} ${pick(METHODS)} ${pick(PATHS)}/${below(100_000)} ${status} ${below(900)}ms user=${pick(NAMES)}@${pick(HOSTS)}${tail}`
}

/** One flat string, as it comes from a file or a socket, not a chain of concatenations. */
function flat(text) {
  return Buffer.from(text).toString()
}
