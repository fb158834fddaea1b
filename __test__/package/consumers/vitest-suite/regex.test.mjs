import { FerruleError, isFerruleError } from 'ferrule'
import { Regex, RegexError } from 'ferrule/regex'

test('matches', async () => {
  const re = new Regex('\\d+')
  expect(re.isMatch('x1')).toBe(true)
  expect(await re.isMatchAsync('x1')).toBe(true)
})

test('throws the classes it exports', () => {
  let thrown
  try {
    new Regex('(')
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(RegexError)
  expect(thrown).toBeInstanceOf(FerruleError)
  expect(isFerruleError(thrown)).toBe(true)
})
