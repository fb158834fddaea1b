const { FerruleError, isFerruleError } = require('ferrule')
const { Regex, RegexError } = require('ferrule/regex')

async function main() {
  let thrown
  try {
    new Regex('(')
  } catch (error) {
    thrown = error
  }
  const re = new Regex('\\d+')
  console.log(
    JSON.stringify({
      sync: re.isMatch('x1'),
      async: await re.isMatchAsync('x1'),
      isRegexError: thrown instanceof RegexError,
      isBaseError: thrown instanceof FerruleError,
      recognised: isFerruleError(thrown),
      code: thrown.code,
    }),
  )
}

main()
