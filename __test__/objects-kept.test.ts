import { describe, expect, it } from 'vitest'
import { rejectionOf, testkit, thrownBy } from './testkit/load.js'

const { Counter, Ticker, diagnostics } = testkit

describe('an object whose value another object keeps', () => {
  it('is read as before, and never lent to a call that would change it', async () => {
    using counter = new Counter(1)
    const view = counter.view()
    const busy = { code: 'ERR_BUSY', message: expect.stringContaining('in use by an object made from it') as string }
    expect(await rejectionOf(counter.addLater(1, 0))).toMatchObject(busy)
    expect(await rejectionOf(counter.addSlowly(1, 0))).toMatchObject(busy)
    expect(thrownBy(() => counter.add(1))).toMatchObject(busy)
    expect([counter.value, view.value, await counter.readSlowly(0)]).toEqual([1, 1, 1])
    view.dispose()
    expect([await counter.addLater(1, 0), await counter.addSlowly(1, 0), counter.add(1)]).toEqual([2, 3, 4])
  })
})

describe('a running object that was disposed', () => {
  it('is refused as disposed by ref() and unref()', () => {
    const ticker = new Ticker(() => undefined)
    ticker.dispose()
    expect(thrownBy(() => ticker.ref())).toMatchObject({ code: 'ERR_HANDLE_CLOSED' })
    expect(thrownBy(() => ticker.unref())).toMatchObject({ code: 'ERR_HANDLE_CLOSED' })
    expect(ticker.hasRef()).toBe(false)
    expect(diagnostics().handles).toEqual({})
  })
})
