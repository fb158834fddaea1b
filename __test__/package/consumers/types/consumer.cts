import ferrule = require('ferrule')
import regex = require('ferrule/regex')

const re: regex.Regex = new regex.Regex('x')
const found: boolean = re.isMatch('x1')
const isError: (value: unknown) => boolean = ferrule.isFerruleError
const baseOfRegexError: typeof ferrule.FerruleError.prototype = regex.RegexError.prototype

// @ts-expect-error -- text is text
re.isMatch(1)

export { baseOfRegexError, found, isError }
