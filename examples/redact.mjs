// node examples/redact.mjs < input > output
//
// Takes e-mail addresses, IPv4 addresses and American telephone numbers out of a text of any length. The presets find
// candidates, the validators decide: 256.1.1.1 stays, because it is no address.
import { isEmail, isIpv4, isPhoneUs, presets, Regex } from 'ferrule/regex'
import { createInterface } from 'node:readline'

const RULES = [
  { name: 'email', pattern: new Regex(presets.email), isOne: isEmail },
  { name: 'ipv4', pattern: new Regex(presets.ipv4), isOne: isIpv4 },
  { name: 'phone', pattern: new Regex(presets.phoneUs), isOne: isPhoneUs },
]

const counts = new Map(RULES.map(({ name }) => [name, 0]))

function redact(line) {
  // A lone half of a surrogate pair has no UTF-8 form; reading from a stream makes none, other sources may.
  let redacted = line.toWellFormed()
  for (const { name, pattern, isOne } of RULES) {
    redacted = pattern.replaceAll(redacted, ({ text }) => {
      if (!isOne(text)) return text
      counts.set(name, counts.get(name) + 1)
      return `[${name}]`
    })
  }
  return redacted
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (!process.stdout.write(`${redact(line)}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve))
}
console.error([...counts].map(([name, count]) => `${name}: ${count}`).join(', '))
