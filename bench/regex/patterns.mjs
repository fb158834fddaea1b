/** Patterns in the language all three engines share. */

// Spelled out: `\w` is Unicode's in ferrule and ASCII in the other two, which is another and larger job.
export const EMAIL = String.raw`^[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}$`
export const DATE = String.raw`(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})T`
export const PROBLEM = String.raw`\b(?:WARN|ERROR)\b`
export const ADDRESS = String.raw`\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b`
export const USER = String.raw`user=([\w.-]+)@([\w.-]+)`
/** Exponential for an engine that backtracks. */
export const NESTED = '(a+)+$'

/** What an operator might look for in a log, most of it rare. */
export const ALERTS = [
  String.raw`\b5\d\d \d+ms`,
  String.raw`\b404\b`,
  'timeout after \\d+ms',
  'connection (?:reset|refused)',
  'cache=miss',
  'retry=[1-9]',
  String.raw`/login/\d+ 200`,
  String.raw`DELETE /users/\d+`,
  String.raw`DELETE /orders/\d+`,
  String.raw`POST /api/v\d/invoices`,
  String.raw`\bERROR\b`,
  String.raw`\bFATAL\b`,
  'out of memory',
  'segmentation fault',
  '(?:SELECT|INSERT|UPDATE) .* FROM',
  String.raw`\.\./\.\./`,
  '<script',
  String.raw`user=root@`,
  String.raw`10\.0\.0\.\d+`,
  String.raw`[89]\d\dms`,
]
