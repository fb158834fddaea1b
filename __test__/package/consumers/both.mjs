import * as imported from 'ferrule'
import * as importedRegex from 'ferrule/regex'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const required = require('ferrule')
const requiredRegex = require('ferrule/regex')

let thrown
try {
  new requiredRegex.Regex('(')
} catch (error) {
  thrown = error
}
console.log(
  JSON.stringify({
    sameClasses:
      imported.FerruleError === required.FerruleError &&
      importedRegex.Regex === requiredRegex.Regex &&
      importedRegex.RegexError === requiredRegex.RegexError,
    sameNames: [
      [imported, required],
      [importedRegex, requiredRegex],
    ].every(([esm, cjs]) => Object.keys(cjs).every((name) => esm[name] === cjs[name])),
    thrownByOneCaughtByTheOther: thrown instanceof importedRegex.RegexError && imported.isFerruleError(thrown),
  }),
)
