/**
 * `ferrule/tl` over packets of a few dozen bytes. The bare call is an export that takes the same `Uint8Array` and gives a number at
 * once: what a header costs beyond crossing at all. By hand is what a program without ferrule would have: a `DataView`, and no limit or
 * check beyond the ends of the bytes.
 */
import { createRequire } from 'node:module'
import { compileLoop } from '../measure/loop.mjs'
import * as byHand from './by-hand.mjs'

const require = createRequire(import.meta.url)

export const CONTENDER_NAMES = { public: 'ferrule/tl', bare: 'a bare call', hand: 'by hand' }

/** Nanoseconds that reading a header may cost over the bare call. */
const HEADER_AT_MOST = 150

export function loadContenders() {
  const tl = require('ferrule/tl')
  // Finds no word, or one of a letter, which is how an answer begins: a call that takes bytes, gives a number, and does nothing between.
  const { wordLength } = require('ferrule/config')
  return { tl, wordLength, byHand }
}

function packetsOf(tl) {
  const { RPC_DEST_ACTOR, RPC_INVOKE_REQ, RPC_REQ_RESULT, TL_ENGINE_NOP, Writer } = tl
  const sixteen = (write) => Array.from({ length: 16 }, (_, index) => write(new Writer(), BigInt(index)).finish())
  return {
    query: sixteen((to, qid) => to.int(RPC_INVOKE_REQ).long(qid).int(TL_ENGINE_NOP)),
    actor: sixteen((to, qid) => to.int(RPC_INVOKE_REQ).long(qid).int(RPC_DEST_ACTOR).long(5n).int(TL_ENGINE_NOP)),
    answer: sixteen((to, qid) => to.int(RPC_REQ_RESULT).long(qid).int(TL_ENGINE_NOP)),
  }
}

/** A message of eight values, and as many as a busy answer has. */
function messagesOf(tl) {
  const { double, int, long, string, struct, vector } = tl
  const user = struct({ id: long, name: string, age: int, score: double, tags: vector(string), marks: vector(int) })
  const value = { id: 7n, name: 'Ada Lovelace', age: 36, score: 0.5, tags: ['one', 'two'], marks: [1, 2, 3, 4] }
  const many = vector(user)
  const values = Array.from({ length: 100 }, () => value)
  return { user, value, many, values, bytes: tl.encode(user, value), manyBytes: tl.encode(many, values) }
}

const HEADERS = [
  ['query', 'header of a query', 'parseQueryHeader'],
  ['actor', 'the same with an actor', 'parseQueryHeader'],
  ['answer', 'header of an answer', 'parseAnswerHeader'],
]

const MESSAGES = [
  ['decode', 'read a message of twelve values', 'decode(user, bytes).age', 36, 'decodeUser(bytes).age'],
  ['encode', 'write it', 'encode(user, value).length', 76, 'encodeUser(value).length'],
  [
    'decodeMany',
    'read a hundred of them at once',
    'decode(many, manyBytes).length',
    100,
    'decodeUsers(manyBytes).length',
  ],
  ['encodeMany', 'write them', 'encode(many, values).length', 7608, 'encodeUsers(values).length'],
]

export function tlRows({ tl, wordLength, byHand }) {
  const packets = packetsOf(tl)
  const scope = { ...messagesOf(tl), ...byHand, decode: tl.decode, encode: tl.encode }
  const loop = (identity, operation, names) => compileLoop(identity, { operation }, names)
  return [
    ...HEADERS.map(([row, title, parse]) => {
      const names = { packets: packets[row], parse: tl[parse], bare: wordLength }
      const consumed = row === 'actor' ? 24 : 12
      const letters = row === 'answer' ? 1 : 0
      return {
        row,
        title,
        contenders: [
          {
            name: 'public',
            loop: loop(`${row} public`, 'parse(packets[index & 15]).consumed', names),
            answer: consumed,
          },
          { name: 'bare', loop: loop(`${row} bare`, '(bare(packets[index & 15]) + 1)', names), answer: 1 + letters },
        ],
      }
    }),
    ...MESSAGES.map(([row, title, operation, answer, hand]) => {
      return {
        row,
        title,
        contenders: [
          { name: 'public', loop: loop(`${row} public`, operation, scope), answer },
          { name: 'hand', loop: loop(`${row} hand`, hand, scope), answer },
        ],
      }
    }),
  ]
}

export const COMPARISONS = [
  ...HEADERS.map(([row]) => ({ row, subject: 'public', rival: 'bare', measure: 'difference', atMost: HEADER_AT_MOST })),
  ...MESSAGES.map(([row]) => ({ row, subject: 'public', rival: 'hand', measure: 'ratio' })),
]
