import { STATUS_CODES } from 'node:http'
import {
  HttpMethod,
  HttpStatus,
  isClientError,
  isInformational,
  isRedirect,
  isServerError,
  isSuccess,
  statusText,
  urlDecode,
  urlEncode,
} from 'ferrule/http'
import { describe, expect, it } from 'vitest'
import { refusedBy } from './http-client/refused.js'

describe('statuses', () => {
  it('have names, those that were unknown before among them', () => {
    const { Ok, Created, Accepted, NoContent, MovedPermanently, Found, NotModified, TemporaryRedirect } = HttpStatus
    expect([Ok, Created, Accepted, NoContent]).toEqual([200, 201, 202, 204])
    expect([MovedPermanently, Found, NotModified, TemporaryRedirect]).toEqual([301, 302, 304, 307])
    const { BadRequest, Unauthorized, Forbidden, NotFound, MethodNotAllowed, Conflict } = HttpStatus
    expect([BadRequest, Unauthorized, Forbidden, NotFound, MethodNotAllowed, Conflict]).toEqual([
      400, 401, 403, 404, 405, 409,
    ])
    const { UnprocessableContent, TooManyRequests, InternalServerError, BadGateway, ServiceUnavailable } = HttpStatus
    expect([UnprocessableContent, TooManyRequests]).toEqual([422, 429])
    expect([InternalServerError, BadGateway, ServiceUnavailable]).toEqual([500, 502, 503])
  })

  it('have the words that Node knows, but for those that RFC 9110 renamed', () => {
    const renamed = new Set([413, 422, 418, 509])
    for (const [code, words] of Object.entries(STATUS_CODES)) {
      if (!renamed.has(Number(code))) expect(statusText(Number(code)), code).toBe(words)
    }
    expect(statusText(413)).toBe('Content Too Large')
    expect(statusText(422)).toBe('Unprocessable Content')
    expect(statusText(299)).toBe(null)
  })

  it('are of one class each', () => {
    const classes = [isInformational, isSuccess, isRedirect, isClientError, isServerError]
    for (const [code, place] of [
      [100, 0],
      [199, 0],
      [200, 1],
      [299, 1],
      [301, 2],
      [399, 2],
      [404, 3],
      [500, 4],
      [599, 4],
    ] as const) {
      expect(
        classes.map((is) => is(code)),
        String(code),
      ).toEqual(classes.map((_, at) => at === place))
    }
    for (const code of [0, 99, 600, -200, 200.5, NaN])
      expect(
        classes.some((is) => is(code)),
        String(code),
      ).toBe(false)
  })
})

it('methods have names', () => {
  expect(Object.values(HttpMethod)).toEqual(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'])
})

describe('parts of addresses', () => {
  it('are encoded so that encodeURIComponent agrees, and more strictly', () => {
    expect(urlEncode('a b&c=d/é😀')).toBe(encodeURIComponent('a b&c=d/é😀'))
    expect(urlEncode("!'()*")).toBe('%21%27%28%29%2A')
    expect(urlEncode('-._~')).toBe('-._~')
  })

  it('are decoded to what they were', () => {
    for (const text of ['', 'a b', '100%', 'é😀\0', 'a+b']) expect(urlDecode(urlEncode(text))).toBe(text)
    expect(urlDecode('a+b%20c%c3%A9')).toBe('a+b cé')
  })

  it.each([
    ['%', { position: 0 }],
    ['ab%2', { position: 2 }],
    ['%zz', { position: 0 }],
    ['%ff', {}],
  ])('are refused when they are none: %s', async (text, details) => {
    const error = await refusedBy(() => Promise.resolve(urlDecode(text)))
    expect(error).toMatchObject({
      name: 'HttpError',
      code: 'ERR_HTTP_URL_ENCODING',
      operation: 'http.urlDecode',
      details,
    })
  })
})
