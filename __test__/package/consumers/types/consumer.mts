import { FerruleError, isFerruleError } from 'ferrule'
import { Regex, RegexError } from 'ferrule/regex'

const re: Regex = new Regex(String.raw`\d+`)
const found: boolean = re.isMatch('x1')
const later: Promise<boolean> = re.isMatchAsync('x1', { signal: new AbortController().signal })
re[Symbol.dispose]()

try {
  new Regex('(')
} catch (error) {
  if (error instanceof RegexError) error satisfies FerruleError
  if (isFerruleError(error)) error.code satisfies string
}

// @ts-expect-error -- a pattern is text
new Regex(1)

export { found, later }
