/**
 * The README of url sends to its documentation: the examples of its front page.
 *
 * Not written: `url[Position::BeforePath..]`, as no range of positions crosses.
 */
import assert from 'node:assert/strict'
import { Url, UrlError } from 'url-node'

const fails = (text: string, message: RegExp): void => {
  assert.throws(
    () => Url.parse(text),
    (error) => error instanceof UrlError && message.test(error.message),
  )
}

fails('http://[:::1]', /invalid IPv6 address/)

const issues = Url.parse('https://github.com/rust-lang/rust/issues?labels=E-easy&state=open')
assert.equal(issues.scheme(), 'https')
assert.equal(issues.username(), '')
assert.equal(issues.password(), null)
assert.equal(issues.hostStr(), 'github.com')
assert.equal(issues.host(), 'github.com')
assert.equal(issues.port(), null)
assert.equal(issues.path(), '/rust-lang/rust/issues')
assert.deepEqual(issues.pathSegments(), ['rust-lang', 'rust', 'issues'])
assert.equal(issues.query(), 'labels=E-easy&state=open')
assert.equal(issues.fragment(), null)
assert.equal(issues.cannotBeABase(), false)

const data = Url.parse('data:text/plain,Hello?World#')
assert.equal(data.cannotBeABase(), true)
assert.equal(data.scheme(), 'data')
assert.equal(data.path(), 'text/plain,Hello')
assert.equal(data.pathSegments(), null)
assert.equal(data.query(), 'World')
assert.equal(data.fragment(), '')

// Base URL.
fails('../main.css', /relative URL without a base/)
const document = Url.parse('http://servo.github.io/rust-url/url/index.html')
assert.equal(document.join('../main.css').asStr(), 'http://servo.github.io/rust-url/main.css')
