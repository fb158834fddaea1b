import { tryParseAnswerHeader, tryParseQueryHeader, type HeaderResult } from 'ferrule/tl'
import { row, type Random, type Row } from './rows.js'

const INVOKE_REQ = 0x2374df3d
const INVOKE_KPHP_REQ = 0x99a37fda
const REQ_ERROR = 0x7ae432f5
const REQ_ERROR_WRAPPED = 0x7ae432f6
const REQ_RESULT = 0x63aeda4e
const DEST_ACTOR = 0x7568aabd
const DEST_ACTOR_FLAGS = 0xf0a5acf7
const DEST_FLAGS = 0xe352035e
const REQ_RESULT_FLAGS = 0x8cc84ce1
const MARKERS = [DEST_ACTOR, DEST_ACTOR_FLAGS, DEST_FLAGS, REQ_RESULT_FLAGS, REQ_ERROR, REQ_ERROR_WRAPPED]

const int = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
const long = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(value)
  return bytes
}

/** Most are whole: an operation, a number, and markers with what belongs to them; some end anywhere, some are anything. */
const packet = (random: Random, operations: readonly number[]): readonly [Buffer] => {
  const marker = (): Buffer => {
    const kind = random.pick(MARKERS)
    const flags = int(random.below(8) === 0 ? random.u32() : 0)
    if (kind === DEST_ACTOR || kind === REQ_ERROR) return Buffer.concat([int(kind), long(random.i64())])
    if (kind === DEST_ACTOR_FLAGS) return Buffer.concat([int(kind), long(random.i64()), flags])
    return kind === REQ_ERROR_WRAPPED ? int(kind) : Buffer.concat([int(kind), flags])
  }
  const whole = [int(random.pick(operations)), long(random.i64()), ...random.list(4, marker), int(random.u32())]
  const bytes = Buffer.concat(whole)
  const end = random.below(3) === 0 ? random.below(bytes.length + 1) : bytes.length
  return [bytes.subarray(0, end)]
}

class Refused extends Error {}

/** Reads with Node's own readers, which throw beyond the end. */
class Packet {
  at = 0
  constructor(
    private readonly bytes: Buffer,
    private readonly expected: string,
  ) {}

  private within<T>(read: () => T, text = this.expected): T {
    try {
      return read()
    } catch {
      throw new Refused(text)
    }
  }

  peek(): number {
    return this.within(() => this.bytes.readUInt32LE(this.at))
  }

  int(text = this.expected): number {
    const value = this.within(() => this.bytes.readUInt32LE(this.at), text)
    this.at += 4
    return value
  }

  long(): bigint {
    const value = this.within(() => this.bytes.readBigInt64LE(this.at))
    this.at += 8
    return value
  }

  flags(): void {
    const flags = this.int('Trying to read 4 bytes at header flags')
    if (flags !== 0) throw new Refused(`Unsupported flags in header 0x${flags.toString(16).padStart(8, '0')}`)
  }
}

const parsed = (read: () => string): string => {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return `0 -1 0 0 0 0 0 0 -1002 ${error.message.length} ${error.message}`
  }
}
const success = (packet: Packet, op: number, realOp: number, qid: bigint, actor: bigint): string =>
  `0 0 ${packet.at} ${op | 0} ${realOp | 0} 0 ${qid} ${actor} 0 0 `

const query = (bytes: Buffer): string =>
  parsed(() => {
    const expected = 'Expected RPC_INVOKE_REQ or RPC_INVOKE_KPHP_REQ'
    const packet = new Packet(bytes, expected)
    const op = packet.int()
    if (op !== INVOKE_REQ && op !== INVOKE_KPHP_REQ) throw new Refused(expected)
    const qid = packet.long()
    let actor = 0n
    while (op === INVOKE_REQ && [DEST_ACTOR, DEST_ACTOR_FLAGS, DEST_FLAGS].includes(packet.peek())) {
      const marker = packet.int()
      if (marker !== DEST_FLAGS) actor = packet.long()
      if (marker !== DEST_ACTOR) packet.flags()
    }
    return success(packet, op, op, qid, actor)
  })

const answer = (bytes: Buffer): string =>
  parsed(() => {
    const expected = 'Expected RPC_REQ_ERROR or RPC_REQ_RESULT'
    const packet = new Packet(bytes, expected)
    const realOp = packet.int()
    if (realOp !== REQ_ERROR && realOp !== REQ_RESULT) throw new Refused(expected)
    const qid = packet.long()
    let op = realOp
    while (realOp === REQ_RESULT && [REQ_ERROR, REQ_RESULT_FLAGS].includes(packet.peek())) {
      if (packet.int() === REQ_RESULT_FLAGS) packet.flags()
      else {
        op = REQ_ERROR_WRAPPED
        packet.long()
      }
    }
    if (realOp === REQ_RESULT && packet.peek() === REQ_ERROR_WRAPPED) op = REQ_ERROR_WRAPPED
    return success(packet, op, realOp, qid, 0n)
  })

const written = <Header extends { op: number; qid: bigint; consumed: number }>(
  result: HeaderResult<Header>,
  rest: (header: Header) => readonly [realOp: number, actorId: bigint],
): string => {
  if (!result.ok) return `0 -1 0 0 0 0 0 0 ${result.number} ${result.text.length} ${result.text}`
  const { op, qid, consumed } = result.header
  const [realOp, actorId] = rest(result.header)
  return `0 0 ${consumed} ${op | 0} ${realOp | 0} 0 ${qid} ${actorId} 0 0 `
}

export const tlRows: readonly Row[] = [
  row('tl_parse_query_header', (random) => packet(random, [INVOKE_REQ, INVOKE_REQ, INVOKE_KPHP_REQ, REQ_RESULT]), {
    'ferrule/tl': (bytes) => written(tryParseQueryHeader(bytes), ({ op, actorId }) => [op, actorId]),
    Buffer: query,
  }),
  row('tl_parse_answer_header', (random) => packet(random, [REQ_RESULT, REQ_RESULT, REQ_ERROR, INVOKE_REQ]), {
    'ferrule/tl': (bytes) => written(tryParseAnswerHeader(bytes), ({ realOp }) => [realOp, 0n]),
    Buffer: answer,
  }),
]
