// Cookies of a client: which host gets which.
import { HttpClient } from 'ferrule/http'
import { afterAll, describe, expect, it } from 'vitest'
import { held, nothing, serve, type Running } from './http-client/servers.js'

afterAll(() => expect(held()).toEqual(nothing))

/** A server that sets the cookies it is asked to and answers with those it got. As a proxy it is every host. */
const setting = (): Promise<Running> =>
  serve((request, response) => {
    const cookies = new URL(request.url ?? '', 'http://x').searchParams.getAll('set')
    if (cookies.length > 0) response.setHeader('set-cookie', cookies)
    response.end(request.headers.cookie ?? 'none')
  })

const set = (url: string, ...cookies: string[]): string =>
  `${url}/?${cookies.map((cookie) => `set=${encodeURIComponent(cookie)}`).join('&')}`

describe('cookies', () => {
  it('are not kept unless that is asked for', async () => {
    await using server = await setting()
    using client = new HttpClient()
    await client.get(set(server.url, 'a=1'))
    expect(await (await client.get(server.url)).text()).toBe('none')
  })

  it('go back to the host that set them, by path, until they end', async () => {
    await using server = await setting()
    using jar = new HttpClient({ cookies: true })
    await jar.get(set(server.url, 'a=1', 'b=2; Path=/deep', 'c=3; Max-Age=0', 'bad'))
    expect(await (await jar.get(server.url)).text()).toBe('a=1')
    const deep = await (await jar.get(`${server.url}/deep/er`)).text()
    expect(deep.split('; ').sort()).toEqual(['a=1', 'b=2'])
    await jar.get(set(server.url, 'a=5'))
    expect(await (await jar.get(server.url)).text()).toBe('a=5')
    expect(await (await jar.get(server.url, { headers: { cookie: 'own=1' } })).text()).toBe('own=1')
    expect(await (await jar.get(`http://localhost:${server.port}`)).text()).toBe('none')
  })
})

describe('a cookie with a domain', () => {
  /** Which hosts get a cookie that one of them sets. */
  async function sentTo(from: string, cookie: string, hosts: readonly string[]): Promise<string[]> {
    await using server = await setting()
    using jar = new HttpClient({ cookies: true, proxy: server.url })
    await (await jar.get(set(`http://${from}`, cookie))).text()
    const sent: string[] = []
    for (const host of hosts) if ((await (await jar.get(`http://${host}/`)).text()) === 'a=1') sent.push(host)
    return sent
  }

  const hosts = [
    'example.com',
    'www.example.com',
    'deep.www.example.com',
    'api.example.com',
    'badexample.com',
    'example.com.evil.net',
  ]
  const below = hosts.slice(0, 4)

  it.each([
    ['of its host goes to all below it', 'example.com', 'example.com', below],
    ['above its host goes to its siblings', 'www.example.com', 'example.com', below],
    ['with a dot before it means the same', 'www.example.com', '.example.com', below],
    ['in capitals means the same', 'www.example.com', 'EXAMPLE.com', below],
    ['goes to no host above it', 'www.example.com', 'www.example.com', ['www.example.com', 'deep.www.example.com']],
    ['below its host is refused', 'example.com', 'www.example.com', []],
    ['of another host is refused', 'evil.net', 'example.com', []],
    ['of a host whose name ends alike is refused', 'badexample.com', 'example.com', []],
    ['that is a top level is refused', 'example.com', 'com', []],
    ['that is empty goes to its host alone', 'example.com', '', ['example.com']],
  ])('%s', async (_, from, domain, expected) => {
    expect(await sentTo(from, `a=1; Domain=${domain}`, hosts)).toEqual(expected)
  })

  it('that is a second level of a country is refused', async () => {
    const british = ['example.co.uk', 'other.co.uk', 'www.example.co.uk']
    expect(await sentTo('example.co.uk', 'a=1; Domain=co.uk', british)).toEqual([])
    expect(await sentTo('www.example.co.uk', 'a=1; Domain=example.co.uk', british)).toEqual([
      'example.co.uk',
      'www.example.co.uk',
    ])
  })

  it('that is an address or a single label goes to that host alone', async () => {
    const local = ['localhost', 'a.localhost', '127.0.0.1', '1.127.0.0.1.example.com']
    expect(await sentTo('localhost', 'a=1; Domain=localhost', local)).toEqual(['localhost'])
    expect(await sentTo('127.0.0.1', 'a=1; Domain=127.0.0.1', local)).toEqual(['127.0.0.1'])
    expect(await sentTo('127.0.0.1', 'a=1; Domain=0.0.1', local)).toEqual([])
  })
})
