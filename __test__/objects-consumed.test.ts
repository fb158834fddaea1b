import { describe, expect, it } from 'vitest'
import { rejectionOf, testkit, thrownBy } from './testkit/load.js'

const { diagnostics, Ticket } = testkit

describe('an object that a call consumes', () => {
  it('is like any other before', () => {
    using ticket = new Ticket('Ada')
    ticket.rename('Grace')
    expect(ticket.name).toBe('Grace')
  })

  it('gives its value once, and every later use names the call that took it', async () => {
    using ticket = new Ticket('Ada')
    expect(ticket.redeem()).toBe('Ada')
    const uses: (() => unknown)[] = [
      () => ticket.name,
      () => {
        ticket.rename('Grace')
      },
      () => ticket.redeem(),
    ]
    for (const use of uses) {
      expect(thrownBy(use)).toMatchObject({
        code: 'ERR_HANDLE_CLOSED',
        message: expect.stringContaining('was consumed by ticketRedeem') as string,
        details: { consumedBy: 'ticketRedeem' },
      })
    }
    expect(await rejectionOf(ticket.redeemSlowly(0))).toMatchObject({ details: { consumedBy: 'ticketRedeem' } })
  })

  it('is still an object: it counts as alive until it is disposed', () => {
    const before = diagnostics().handles['Ticket'] ?? 0
    const ticket = new Ticket('Ada')
    ticket.redeem()
    expect(diagnostics().handles['Ticket']).toBe(before + 1)
    ticket.dispose()
    expect(diagnostics().handles['Ticket'] ?? 0).toBe(before)
    const error = thrownBy(() => ticket.name)
    expect(error.code).toBe('ERR_HANDLE_CLOSED')
    expect(error.details).not.toHaveProperty('consumedBy')
  })

  it('is given to the first of several async calls', async () => {
    using ticket = new Ticket('Ada')
    const [first, second] = [ticket.redeemSlowly(5), ticket.redeemSlowly(0)]
    expect(thrownBy(() => ticket.redeem())).toMatchObject({ code: 'ERR_BUSY' })
    expect(await rejectionOf(second)).toMatchObject({ details: { consumedBy: 'ticketRedeemSlowly' } })
    expect(await first).toBe('Ada')
  })
})
