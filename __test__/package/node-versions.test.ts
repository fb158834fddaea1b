import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { otherNodes } from '../node-versions/binaries.js'
import { type Application, npmApplication, runsHere } from './installed.js'

const works = { sync: true, async: true }

describe.runIf(runsHere)('one installation on every supported Node', () => {
  let application: Application

  beforeAll(async () => {
    application = await npmApplication('esm.mjs', 'commonjs.cjs', 'both.mjs', 'worker.mjs', 'no-permission.cjs')
  })
  afterAll(() => {
    application.remove()
  })

  it('has all of them at hand', () => {
    expect(otherNodes.map(({ major }) => major)).toEqual([22, 24, 26])
  })

  describe.each(otherNodes)('Node $major', ({ major, path }) => {
    async function answerOf(...args: string[]): Promise<unknown> {
      const outcome = await application.node(args, { binary: path })
      expect(outcome).toMatchObject({ code: 0, stderr: '' })
      return JSON.parse(outcome.stdout)
    }

    it('is the version it claims to be', async () => {
      const outcome = await application.node(['--version'], { binary: path })
      expect(outcome.stdout).toMatch(new RegExp(`^v${major}\\.`))
    })

    it.each(['esm.mjs', 'commonjs.cjs'])('runs %s', async (script) => {
      expect(await answerOf(script)).toMatchObject({ ...works, isRegexError: true, recognised: true })
    })

    it('shares classes between both module kinds', async () => {
      expect(await answerOf('both.mjs')).toEqual({
        sameClasses: true,
        sameNames: true,
        thrownByOneCaughtByTheOther: true,
      })
    })

    it('runs in a Worker', async () => {
      expect(await answerOf('worker.mjs')).toEqual({ inWorker: works, inMain: works })
    })

    it('keeps to the permission model', async () => {
      const flag = major < 24 ? '--experimental-permission' : '--permission'
      const answer = await answerOf(flag, '--allow-fs-read=*', '--no-warnings', 'no-permission.cjs')
      expect(answer).toMatchObject({ code: 'ERR_LOAD' })
    })
  })
})
