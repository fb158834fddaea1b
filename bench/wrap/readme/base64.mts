/** The README of base64 sends to its documentation: the examples of "Usage" on its front page. */
import assert from 'node:assert/strict'
import { Alphabet, Base64Error, constants, GeneralPurpose, GeneralPurposeConfig } from 'base64-node'

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0))
const plain = (found: Uint8Array): number[] => [...found]

const standard = constants.BASE64_STANDARD
assert.deepEqual(plain(standard.decode(bytes('+uwgVQA='))), plain(bytes('\xFA\xEC\x20\x55\0')))
assert.equal(standard.encode(bytes('\xFF\xEC\x20\x55\0')), '/+wgVQA=')

const urlSafe = constants.BASE64_URL_SAFE
assert.deepEqual(plain(urlSafe.decode(bytes('-uwgVQA='))), plain(bytes('\xFA\xEC\x20\x55\0')))
assert.equal(urlSafe.encode(bytes('\xFF\xEC\x20\x55\0')), '_-wgVQA=')

// Padding characters.
const inputs = ['', 'f', 'fo', 'foo'].map(bytes)
const unpadded = constants.BASE64_STANDARD_NO_PAD
assert.deepEqual(
  inputs.map((input) => standard.encode(input)),
  ['', 'Zg==', 'Zm8=', 'Zm9v'],
)
assert.deepEqual(
  inputs.map((input) => unpadded.encode(input)),
  ['', 'Zg', 'Zm8', 'Zm9v'],
)
assert.throws(() => unpadded.decode(bytes('Zm8=')), Base64Error)

// Further customization: bizarro-world base64, with +/ as the first symbols instead of the last.
const alphabet = new Alphabet('+/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')
const crazyConfig = new GeneralPurposeConfig()
  .withDecodeAllowTrailingBits(true)
  .withEncodePadding(true)
  .withDecodePaddingMode('requireNone')
const crazyEngine = new GeneralPurpose(alphabet, crazyConfig)
// Each symbol stands two places later in the standard alphabet.
assert.equal(crazyEngine.encode(bytes('abc 123')), 'WUHhGBCwKu==')
