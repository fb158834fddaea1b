/** The part of the generated tests that is the same for every package but for names. */
import type { TestContext } from './values.js'

export function testFrame(c: TestContext): string[] {
  return `import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'

const require = createRequire(import.meta.url)
const dist = join(import.meta.dirname, '..', 'dist')
/** As it is published: what a program gets that requires the package. */
const api = require(join(dist, 'index.js')) as typeof import('../dist/index.js')

/** What no parameter takes. */
const wrong = Symbol('wrong') as never

/** How an object may be come by; the result may be none. */
interface Way {
  make: (text: string, number: number) => unknown
  texts: readonly string[]
}

interface Disposable {
  readonly isDisposed: boolean
  dispose: () => void
}

const TEXTS = [
  ...['1.0.0', '1', 'a', '', '2020-01-01', '12:00:00', '2020-01-01T00:00:00Z', 'http://localhost/', '1h', '127.0.0.1', 'UTC'],
  ...['00000000-0000-4000-8000-000000000000', '#00ff00', 'en', 'a,b', '<a></a>', '{}', '1/2', 'P1D', '-'],
]
const NUMBERS = [1, 0, 10, 2020]

class NoObject extends Error {}

const found = new Map<string, (() => unknown) | null>()
const underWay = new Set<string>()

type Api = typeof api
type Instance<N extends keyof Api> = Api[N] extends { prototype: infer T } ? T : never

/** A new object of a class, by the first way that gives one. */
function object<N extends keyof Api>(name: N): Instance<N> {
  const known = found.get(name)
  if (known) return known() as Instance<N>
  if (known === null || underWay.has(name)) throw new NoObject(\`no object of \${name} could be made\`)
  underWay.add(name)
  try {
    for (const { make, texts } of ways(name)) {
      for (const text of make.length === 0 ? [''] : [...texts, ...TEXTS]) {
        for (const number of make.length === 2 ? NUMBERS : [1]) {
          const again = (): unknown => make(text, number)
          const made = attempt(again)
          if (typeof made !== 'object' || made === null) continue
          found.set(name, again)
          return made as Instance<N>
        }
      }
    }
  } finally {
    underWay.delete(name)
  }
  found.set(name, null)
  throw new NoObject(\`no object of \${name} could be made\`)
}

/** What a way gives; nothing when it throws, as most do for a text they were not made for. */
function attempt(way: () => unknown): unknown {
  try {
    return way()
  } catch {
    return null
  }
}

/** What a call throws or rejects with. */
async function thrown(call: () => unknown): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error
  }
  return expect.unreachable('nothing was thrown')
}

function refuses(operation: string, argument: string, call: () => unknown): void {
  it(\`\${operation} refuses a wrong \${argument}, by name\`, async ({ skip }) => {
    const error = await thrown(call)
    if (error instanceof NoObject) skip(error.message)
    expect(error).toBeInstanceOf(api.${c.p.errorClass})
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE', operation, details: { argument } })
  })
}

function ends<N extends keyof Api>(operation: string, name: N, use?: (made: Instance<N>) => unknown): void {
  it(\`\${operation} ends when it is disposed, and says so when it is used again\`, ({ skip }) => {
    let made: Instance<N> & Disposable
    try {
      made = object(name) as Instance<N> & Disposable
    } catch (error) {
      if (error instanceof NoObject) skip(error.message)
      throw error
    }
    expect(made.isDisposed).toBe(false)
    made.dispose()
    made.dispose()
    expect(made.isDisposed).toBe(true)
    if (use === undefined) return
    try {
      use(made)
    } catch (error) {
      if (error instanceof NoObject) skip(error.message)
      expect(error).toMatchObject({ code: 'ERR_HANDLE_CLOSED' })
      return
    }
    expect.unreachable('a disposed object was used')
  })
}

function isNotMadeWithNew(operation: string, name: string): void {
  it(\`\${operation} is not made with new\`, () => {
    const type = (api as unknown as Record<string, new () => unknown>)[name]
    expect(() => new type!()).toThrow(expect.objectContaining({ code: 'ERR_UNSUPPORTED', operation }))
  })
}

describe('the package', () => {
  const names = Object.keys(api).sort()

  it('loads in a Worker', async () => {
    const code = \`require('node:worker_threads').parentPort.postMessage(Object.keys(require(\${JSON.stringify(join(dist, 'index.js'))})))\`
    const worker = new Worker(code, { eval: true })
    const inWorker = await new Promise<string[]>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    await worker.terminate()
    expect(inWorker.sort()).toEqual(names)
  })

  it('is the same as an ES module', () => {
    const code = \`import * as api from \${JSON.stringify(pathToFileURL(join(dist, 'index.mjs')).href)}
      console.log(JSON.stringify(Object.keys(api).filter((name) => name !== 'module.exports' && name !== '__esModule')))\`
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })
    expect((JSON.parse(output) as string[]).sort()).toEqual(names)
  })
})
`.split('\n')
}
