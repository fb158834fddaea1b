// The same values through every door: on the JavaScript thread, from the pool, from the lane, through Sync doors, in a Worker.
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import type { Shape } from './testkit/index.js'
import { rejectionOf, testkit, thrownBy } from './testkit/load.js'

const { call, callSync, diagnostics, types } = testkit

const exact = ['😀', 0.5, -5, -(2n ** 127n), 2n ** 128n - 1n, -1]
const fixed = [new Uint8Array([1, 2, 3, 255]), [1.5, -0, Infinity]]
const nonZeros = [-128, 255, -32_768, 65_535, -1, 1, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, -1, 1]
const long = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 'end']
const shapes: Shape[] = [['circle', 1.5], ['path', [[0, 1]], 'a line'], ['path', [], null], ['none']]

/** What goes in, and what must come out, by operation; each has a Sync door. */
const cases: { operation: string; args: unknown[]; out: unknown }[] = [
  { operation: 'types.exactWork', args: exact, out: exact },
  { operation: 'types.fixedWork', args: fixed, out: fixed },
  { operation: 'types.nonZeroWork', args: [nonZeros], out: nonZeros },
  {
    operation: 'types.pairWork',
    args: [
      ['é', '😀'],
      [new Uint8Array([1, 2]), new Uint8Array([3])],
    ],
    out: ['é😀', 6],
  },
  { operation: 'types.longLater', args: [long], out: long },
  { operation: 'types.orderLater', args: [1], out: -1 },
  ...shapes.map((shape) => ({ operation: 'types.shapeLater', args: [shape], out: shape })),
]

/** What must be refused before any work begins. */
const refused: { operation: string; args: unknown[]; code: string; found: string }[] = [
  { operation: 'types.exactWork', args: ['ab', ...exact.slice(1)], code: 'ERR_OUT_OF_RANGE', found: 'one of 2' },
  {
    operation: 'types.fixedWork',
    args: [fixed[0], [1, 2]],
    code: 'ERR_INVALID_ARG_TYPE',
    found: 'one of 2',
  },
  { operation: 'types.nonZeroWork', args: [[...nonZeros.slice(0, 9), 0]], code: 'ERR_OUT_OF_RANGE', found: '0 at [9]' },
  {
    operation: 'types.pairWork',
    args: [['a'], [new Uint8Array(1), new Uint8Array(1)]],
    code: 'ERR_INVALID_ARG_TYPE',
    found: 'one of 1',
  },
  { operation: 'types.longLater', args: [long.slice(1)], code: 'ERR_INVALID_ARG_TYPE', found: 'one of 15' },
  { operation: 'types.orderLater', args: [2], code: 'ERR_OUT_OF_RANGE', found: '2' },
  { operation: 'types.shapeLater', args: [['square']], code: 'ERR_OUT_OF_RANGE', found: '"square"' },
  {
    operation: 'types.shapeLater',
    args: [['path', [[0]], null]],
    code: 'ERR_INVALID_ARG_TYPE',
    found: 'one of 1 at [1][0]',
  },
]

describe.each(cases)('$operation', ({ operation, args, out }) => {
  it('gives the same through the promise and the Sync door', async () => {
    expect(await call(operation, args)).toEqual(out)
    expect(callSync(operation, args)).toEqual(out)
  })
})

describe.each(refused)('$operation', ({ operation, args, code, found }) => {
  it(`refuses ${found} through both`, async () => {
    expect(await rejectionOf(call(operation, args))).toMatchObject({ code, details: { found } })
    expect(thrownBy(() => callSync(operation, args))).toMatchObject({ code, details: { found } })
    expect(diagnostics().callsInFlight).toBe(0)
  })
})

it('gives the same in a Worker', async () => {
  const index = createRequire(import.meta.url).resolve('./testkit/index.js')
  const source = `
    const { parentPort, workerData } = require('node:worker_threads')
    const { call, callSync, diagnostics, types } = require(workerData.index)
    ;(async () => {
      const out = []
      for (const { operation, args } of workerData.cases) out.push(await call(operation, args), callSync(operation, args))
      const refused = []
      for (const { operation, args } of workerData.refused) {
        refused.push(await call(operation, args).then(() => 'fulfilled', ({ code }) => code))
      }
      const here = [types.char('é'), types.f32(0.1), types.isize(-1), types.shapes(workerData.shapes)]
      parentPort.postMessage({ out, refused, here, callsInFlight: diagnostics().callsInFlight })
    })()`
  const worker = new Worker(source, { eval: true, workerData: { index, cases, refused, shapes } })
  const [answer] = (await once(worker, 'message')) as [unknown]
  expect(answer).toEqual({
    out: cases.flatMap(({ out }) => [out, out]),
    refused: refused.map(({ code }) => code),
    here: ['é', Math.fround(0.1), -1, shapes],
    callsInFlight: 0,
  })
  expect(await once(worker, 'exit')).toEqual([0])
})

it('leaves arguments of an async call to JavaScript at once', async () => {
  const bytes = new Uint8Array([1, 2, 3, 4])
  const point = [1, 2, 3]
  const pending = call('types.fixedWork', [bytes, point])
  bytes.fill(0)
  point.fill(0)
  expect(await pending).toEqual([new Uint8Array([1, 2, 3, 4]), [1, 2, 3]])
  expect(types.fourBytes(bytes)).toEqual(new Uint8Array(4))
})
