/** Version requirements as Cargo reads them, as far as specs need them. */

/** Whether the version meets the requirement: `1.13` means `^1.13`; `=1.2.3`, `~1.2`, `>=1, <3`, `1.*` and `*` work too. */
export function satisfies(version: string, requirement: string): boolean {
  return requirement.split(',').every((part) => meets(numbersOf(version), part.trim()))
}

type Numbers = readonly [number, number, number]

function meets(version: Numbers, part: string): boolean {
  if (part === '' || part === '*') return true
  const operator = OPERATORS.find((one) => part.startsWith(one)) ?? ''
  const written = part.slice(operator.length).trim()
  const given = written
    .split('.')
    .filter((number) => number !== '*')
    .slice(0, 3)
  const wanted = numbersOf(given.join('.'))
  const order = compare(version, wanted)
  switch (operator) {
    case '>=':
      return order >= 0
    case '<=':
      return order <= 0 || samePrefix(version, wanted, given.length)
    case '>':
      return order > 0 && !(given.length < 3 && samePrefix(version, wanted, given.length))
    case '<':
      return order < 0
    case '=':
      return samePrefix(version, wanted, given.length)
    case '~':
      return order >= 0 && samePrefix(version, wanted, Math.min(given.length, 2))
    default:
      return written.includes('*')
        ? samePrefix(version, wanted, given.length)
        : order >= 0 && samePrefix(version, wanted, caretLength(wanted, given.length))
  }
}

const OPERATORS = ['>=', '<=', '>', '<', '=', '~', '^']

/** Up to the first number that is not 0: what a compatible version keeps. */
function caretLength(wanted: Numbers, given: number): number {
  const first = wanted.findIndex((number) => number !== 0)
  return first < 0 ? given : first + 1
}

/** A pre-release is compared as its version; build metadata says nothing. */
function numbersOf(version: string): Numbers {
  const [core = ''] = version.split('+')
  const [plain = ''] = core.split('-')
  const [major, minor, patch] = plain.split('.').map((number) => Number.parseInt(number, 10) || 0)
  return [major ?? 0, minor ?? 0, patch ?? 0]
}

const compare = (left: Numbers, right: Numbers): number =>
  left[0] - right[0] || left[1] - right[1] || left[2] - right[2]

const samePrefix = (left: Numbers, right: Numbers, length: number): boolean =>
  left.slice(0, length).every((number, index) => number === right[index])
