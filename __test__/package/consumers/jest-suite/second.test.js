const { FerruleError, isFerruleError } = require('ferrule')
const { Regex, RegexError } = require('ferrule/regex')

// Jest gives each file a realm and a copy of the package of its own, over the one addon of the process.
test('errors are of this copy of the package', () => {
  let thrown
  try {
    new Regex('(')
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(RegexError)
  expect(thrown).toBeInstanceOf(FerruleError)
  expect(thrown).toBeInstanceOf(Error)
  expect(isFerruleError(thrown)).toBe(true)
})

test('errors of an async call are, too', async () => {
  const controller = new AbortController()
  const reason = new Error('enough')
  controller.abort(reason)
  const re = new Regex('\\d+')
  await expect(re.isMatchAsync('x1', { signal: controller.signal })).rejects.toBe(reason)
  await expect(re.isMatchAsync('x1')).resolves.toBe(true)
})
