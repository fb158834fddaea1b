import { randomInt } from 'node:crypto'
import {
  parseAnswerHeader,
  parseQueryHeader,
  RPC_DEST_ACTOR,
  RPC_DEST_ACTOR_FLAGS,
  RPC_DEST_FLAGS,
  RPC_INVOKE_KPHP_REQ,
  RPC_INVOKE_REQ,
  RPC_REQ_ERROR,
  RPC_REQ_ERROR_WRAPPED,
  RPC_REQ_RESULT,
  RPC_REQ_RESULT_FLAGS,
  TL_ENGINE_NOP,
  TlError,
  tryParseAnswerHeader,
  tryParseQueryHeader,
} from 'ferrule/tl'
import { describe, expect, it } from 'vitest'
import { lot } from './sql/postgres.js'

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))
const next = lot(seed)

type Word = number | bigint

function packet(...words: Word[]): Buffer {
  return Buffer.concat(
    words.map((word) => {
      const bytes = Buffer.alloc(typeof word === 'bigint' ? 8 : 4)
      if (typeof word === 'bigint') bytes.writeBigInt64LE(word)
      else bytes.writeInt32LE(word | 0)
      return bytes
    }),
  )
}

interface Told {
  op: number
  realOp: number
  qid: bigint
  actorId: bigint
  consumed: number
}

const QUERY = 'Expected RPC_INVOKE_REQ or RPC_INVOKE_KPHP_REQ'
const ANSWER = 'Expected RPC_REQ_ERROR or RPC_REQ_RESULT'

/** The format, told once more: a text is what is wrong. */
function second(kind: 'query' | 'answer', bytes: Buffer): Told | string {
  const broken = kind === 'query' ? QUERY : ANSWER
  let at = 0
  const has = (length: number): boolean => at + length <= bytes.length
  if (!has(12)) return broken
  const realOp = bytes.readInt32LE(0)
  const [bare, marked] = kind === 'query' ? [RPC_INVOKE_KPHP_REQ, RPC_INVOKE_REQ] : [RPC_REQ_ERROR, RPC_REQ_RESULT]
  if (realOp !== bare && realOp !== marked) return broken
  const told: Told = { op: realOp, realOp, qid: bytes.readBigInt64LE(4), actorId: 0n, consumed: 12 }
  at = 12
  for (;;) {
    told.consumed = at
    if (realOp === bare) return told
    if (!has(4)) return broken
    const marker = bytes.readInt32LE(at)
    const isError = kind === 'answer' && marker === RPC_REQ_ERROR
    if (kind === 'answer' && (isError || marker === RPC_REQ_ERROR_WRAPPED)) told.op = RPC_REQ_ERROR_WRAPPED
    const hasActor = kind === 'query' && (marker === RPC_DEST_ACTOR || marker === RPC_DEST_ACTOR_FLAGS)
    const hasFlags =
      kind === 'query' ? marker === RPC_DEST_FLAGS || marker === RPC_DEST_ACTOR_FLAGS : marker === RPC_REQ_RESULT_FLAGS
    if (!isError && !hasActor && !hasFlags) return told
    at += 4
    if (isError || hasActor) {
      if (!has(8)) return broken
      if (hasActor) told.actorId = bytes.readBigInt64LE(at)
      at += 8
    }
    if (hasFlags) {
      if (!has(4)) return 'Trying to read 4 bytes at header flags'
      const flags = bytes.readUInt32LE(at)
      if (flags !== 0) return `Unsupported flags in header 0x${flags.toString(16).padStart(8, '0')}`
      at += 4
    }
  }
}

function expected(kind: 'query' | 'answer', bytes: Buffer): unknown {
  const told = second(kind, bytes)
  if (typeof told === 'string') return { ok: false, number: -1002, text: told }
  const { op, realOp, qid, actorId, consumed } = told
  return { ok: true, header: kind === 'query' ? { op, qid, actorId, consumed } : { op, realOp, qid, consumed } }
}

const parsed = {
  query: (bytes: Uint8Array): unknown => tryParseQueryHeader(bytes),
  answer: (bytes: Uint8Array): unknown => tryParseAnswerHeader(bytes),
}

/** Not by `expect` alone: there are hundreds of thousands of these. */
function compare(kind: 'query' | 'answer', bytes: Buffer): void {
  const [got, wanted] = [parsed[kind](bytes), expected(kind, bytes)]
  if (shown(got) !== shown(wanted)) expect({ bytes: bytes.toString('hex'), got }).toEqual({ got: wanted })
}

const shown = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part))

const ALPHABET = {
  query: [RPC_DEST_ACTOR, RPC_DEST_ACTOR_FLAGS, RPC_DEST_FLAGS, 0, 1, TL_ENGINE_NOP],
  answer: [RPC_REQ_ERROR, RPC_REQ_ERROR_WRAPPED, RPC_REQ_RESULT_FLAGS, 0, -1, TL_ENGINE_NOP],
}
const OPS = [RPC_INVOKE_REQ, RPC_INVOKE_KPHP_REQ, RPC_REQ_RESULT, RPC_REQ_ERROR, RPC_REQ_ERROR_WRAPPED, 0]

describe.each(['query', 'answer'] as const)('the header of a %s', (kind) => {
  it('is what a second parser says of every row of up to six words', () => {
    const words = ALPHABET[kind]
    const rows = (length: number): number[][] =>
      length === 0 ? [[]] : rows(length - 1).flatMap((row) => words.map((word) => [...row, word]))
    const op = kind === 'query' ? RPC_INVOKE_REQ : RPC_REQ_RESULT
    for (let length = 0; length <= 6; length += 1) {
      for (const row of rows(length)) compare(kind, packet(op, 5n, ...row))
    }
  })

  it('is what a second parser says when it is cut anywhere, and of anything at random', () => {
    console.log('seed', seed)
    for (let round = 0; round < 3000; round += 1) {
      const words = Array.from({ length: next(9) }, () =>
        next(4) === 0 ? next(2 ** 32) : (ALPHABET[kind][next(6)] as number),
      )
      const bytes = packet(
        OPS[next(next(3) === 0 ? 6 : 4)] as number,
        BigInt(next(2 ** 31)) * BigInt(next(2 ** 31)),
        ...words,
      )
      if (next(3) === 0) bytes[next(bytes.length)] = next(256)
      compare(kind, bytes)
      compare(kind, bytes.subarray(0, next(bytes.length + 1)))
    }
    const whole = packet(kind === 'query' ? RPC_INVOKE_REQ : RPC_REQ_RESULT, 1n, ...ALPHABET[kind])
    for (let length = 0; length <= whole.length; length += 1) compare(kind, whole.subarray(0, length))
  })
})

describe('parseQueryHeader', () => {
  it('reads markers, of which the last actor counts', () => {
    const bytes = packet(RPC_INVOKE_REQ, -(2n ** 63n), RPC_DEST_ACTOR, 5n, RPC_DEST_FLAGS, 0, RPC_DEST_FLAGS, 0)
    expect(parseQueryHeader(Buffer.concat([bytes, packet(RPC_DEST_ACTOR_FLAGS, -6n, 0, TL_ENGINE_NOP)]))).toEqual({
      op: RPC_INVOKE_REQ,
      qid: -(2n ** 63n),
      actorId: -6n,
      consumed: 56,
    })
  })

  it('reads no markers of a KPHP query, behind which nothing need follow', () => {
    const header = { op: RPC_INVOKE_KPHP_REQ, qid: 9n, actorId: 0n, consumed: 12 }
    expect(parseQueryHeader(packet(RPC_INVOKE_KPHP_REQ, 9n))).toEqual(header)
    expect(parseQueryHeader(packet(RPC_INVOKE_KPHP_REQ, 9n, RPC_DEST_ACTOR))).toEqual(header)
  })

  it('throws what the RPC systems say, with their number', () => {
    const told = (bytes: Uint8Array): unknown => {
      try {
        return parseQueryHeader(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(TlError)
        const { code, operation, message, details, number } = error as TlError
        expect({ code, operation, number }).toEqual({
          code: 'ERR_TL_HEADER',
          operation: 'tl.parseQueryHeader',
          number: -1002,
        })
        expect(message).toBe(`tl.parseQueryHeader: ${String(details['text'])}`)
        return details
      }
    }
    expect(told(new Uint8Array())).toEqual({ number: -1002, text: QUERY })
    expect(told(packet(RPC_INVOKE_REQ, 1n))).toEqual({ number: -1002, text: QUERY })
    expect(told(packet(RPC_REQ_RESULT, 1n, 0))).toEqual({ number: -1002, text: QUERY })
    expect(told(packet(RPC_INVOKE_REQ, 1n, RPC_DEST_FLAGS))).toEqual({
      number: -1002,
      text: 'Trying to read 4 bytes at header flags',
    })
    expect(told(packet(RPC_INVOKE_REQ, 1n, RPC_DEST_FLAGS, -1))).toEqual({
      number: -1002,
      text: 'Unsupported flags in header 0xffffffff',
      flags: 0xffffffff,
    })
    expect([QUERY.length, ANSWER.length]).toEqual([46, 40])
  })
})

describe('parseAnswerHeader', () => {
  it('tells an error inside a result, with the number of the query outside', () => {
    expect(parseAnswerHeader(packet(RPC_REQ_RESULT, 1n, RPC_REQ_RESULT_FLAGS, 0, RPC_REQ_ERROR, 2n, -4000))).toEqual({
      op: RPC_REQ_ERROR_WRAPPED,
      realOp: RPC_REQ_RESULT,
      qid: 1n,
      consumed: 32,
    })
    expect(parseAnswerHeader(packet(RPC_REQ_RESULT, 1n, RPC_REQ_ERROR_WRAPPED))).toMatchObject({
      op: RPC_REQ_ERROR_WRAPPED,
      consumed: 12,
    })
    expect(parseAnswerHeader(packet(RPC_REQ_ERROR, 3n))).toMatchObject({ op: RPC_REQ_ERROR, realOp: RPC_REQ_ERROR })
    expect(() => parseAnswerHeader(packet(RPC_REQ_ERROR_WRAPPED, 3n, 0))).toThrow(`tl.parseAnswerHeader: ${ANSWER}`)
  })
})

describe('what is no packet', () => {
  const calls = { parseQueryHeader, parseAnswerHeader, tryParseQueryHeader, tryParseAnswerHeader }

  it.each(Object.entries(calls))('is refused by name: %s', (name, parse) => {
    const transferred = new Uint8Array(16)
    structuredClone(transferred, { transfer: [transferred.buffer] })
    const refused = (bytes: unknown, code: string): void => {
      expect(() => parse(bytes as Uint8Array)).toThrow(
        expect.objectContaining({ name: 'TlError', code, operation: `tl.${name}` }) as Error,
      )
    }
    for (const value of [undefined, null, 7, 'text', [], {}, new ArrayBuffer(12), new Int32Array(3)]) {
      refused(value, 'ERR_INVALID_ARG_TYPE')
    }
    refused(transferred, 'ERR_BUFFER_DETACHED')
  })

  it('may stand anywhere in memory, shared memory too', () => {
    const bytes = packet(RPC_INVOKE_REQ, 7n, TL_ENGINE_NOP)
    for (let offset = 0; offset < 8; offset += 1) {
      const shared = new Uint8Array(new SharedArrayBuffer(40), offset, bytes.length)
      shared.set(bytes)
      expect(parseQueryHeader(shared).qid).toBe(7n)
      expect(parseQueryHeader(Buffer.concat([Buffer.alloc(offset), bytes]).subarray(offset)).qid).toBe(7n)
    }
  })
})
