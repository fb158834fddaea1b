// Numbers, text, bytes: what crosses as one value.
import { bytes, detached, DETACHED, LONE, RANGE, TEXT, TYPE } from '../names.js'
import type { Row } from '../row.js'

const SAFE = Number.MAX_SAFE_INTEGER

/** `ArrayBuffer.prototype.resize` is younger than the types the tests are checked with. */
function resizable(length: number): Uint8Array {
  return new Uint8Array(Reflect.construct(ArrayBuffer, [length, { maxByteLength: 2 * length }]) as ArrayBuffer)
}

export const valueRows: Readonly<Record<string, Row>> = {
  boolean: {
    gives: [
      ['invert', [true], false],
      ['invert', [false], true],
    ],
    refuses: [1, 0, 'true', null, undefined, {}, Object(true), Symbol('true'), 1n].map((value) => [
      'invert',
      [value],
      TYPE,
    ]),
    later: [['invertLater', [false], true]],
  },

  number: {
    gives: [
      ['half', [4_294_967_295], 2_147_483_647.5],
      ['half', [-0], 0],
      ['single', [0.1], Math.fround(0.1)],
      ['single', [NaN], NaN],
      ['single', [-Infinity], -Infinity],
      ['widths', [-128, 255, -32_768, 65_535, -2_147_483_648, 4_294_967_295], 2_147_516_541],
      ['widths', [127, 0, 32_767, 0, 2_147_483_647, 0], 2_147_516_541],
    ],
    refuses: [
      ...[-1, 4_294_967_296, 0.5, NaN, Infinity, -Infinity, 2 ** 53, 1e300].map(
        (value) => ['half', [value], RANGE] as const,
      ),
      ['single', [1e300], RANGE],
      ['widths', [-129, 0, 0, 0, 0, 0], RANGE],
      ['widths', [0, 256, 0, 0, 0, 0], RANGE],
      ['widths', [0, 0, 32_768, 0, 0, 0], RANGE],
      ['widths', [0, 0, 0, -1, 0, 0], RANGE],
      ['widths', [0, 0, 0, 0, 2_147_483_648, 0], RANGE],
      ['widths', [0, 0, 0, 0, 0, 4_294_967_296], RANGE],
      ...['1', null, undefined, 1n, true, {}, [1], new Date(1), Object(1)].map(
        (value) => ['half', [value], TYPE] as const,
      ),
      ['widths', [0, 0, 0, 0, 0], TYPE],
    ],
    later: [['halfLater', [3], 1.5]],
  },

  'wide-number': {
    gives: [
      ['length', ['é'], 2],
      ['signed', [-SAFE], -SAFE],
      ['signed', [SAFE], SAFE],
      ['distanceBetween', [-1, 2], 3],
      ['doubledWide', [2 ** 51], 2 ** 52],
    ],
    refuses: [
      ['largest', [], RANGE],
      ['doubledWide', [2 ** 52], RANGE],
      ['signed', [SAFE + 1], RANGE],
      ['signed', [-SAFE - 1], RANGE],
      ['signed', [0.1], RANGE],
      ['signed', [NaN], RANGE],
      ['doubledWide', [-1], RANGE],
      ['signed', [1n], TYPE],
      ['distanceBetween', ['1', 2], TYPE],
    ],
    later: [['signedLater', [-5], -5]],
  },

  bigint: {
    gives: [
      ['square', [SAFE], BigInt(SAFE) ** 2n],
      ['flipped', [-(2n ** 127n)], 2n ** 127n - 1n],
      ['flipped', [0n], -1n],
      ['flipped', [2n ** 64n], -(2n ** 64n) - 1n],
    ],
    refuses: [
      ['flipped', [2n ** 127n], RANGE],
      ['flipped', [-(2n ** 127n) - 1n], RANGE],
      ['flipped', [2n ** 5000n], RANGE],
      ['flipped', [1], TYPE],
      ['flipped', ['1'], TYPE],
      ['flipped', [Object(1n)], TYPE],
      ['square', [1n], TYPE],
    ],
    later: [['flippedLater', [5n], -6n]],
  },

  nonzero: {
    gives: [
      ['share', [9, 2], 4],
      ['oneBelow', [2], 1],
      ['oneBelow', [1], null],
      ['oneBelow', [-127], -128],
    ],
    refuses: [
      ['share', [9, 0], RANGE],
      ['share', [9, -0], RANGE],
      ['share', [9, -1], RANGE],
      ['share', [9, NaN], RANGE],
      ['oneBelow', [128], RANGE],
      ['share', [9, null], TYPE],
    ],
    later: [['shareLater', [9, 2], 4]],
  },

  text: {
    gives: [
      ['firstWord', ['one two'], 'one'],
      ['firstWord', [''], ''],
      ['repeat', ['🦀\0', 2], '🦀\0🦀\0'],
      ['initial', ['é'], 'é'],
      ['initial', ['👍🏽'], '👍'],
      ['initial', [''], null],
      ['trimmed', [' a '], 'a'],
      ['boxed', ['\u202e*/`${}'], '\u202e*/`${}'],
      ['parent', ['/a/b'], '/a'],
      ['parent', ['/'], null],
      ['joined', ['a', 'b'], 'ab'],
      ['repeat', ['x'.repeat(100_000), 2], 'x'.repeat(200_000)],
    ],
    refuses: [
      ...['firstWord', 'trimmed', 'boxed', 'parent', 'initial'].flatMap((name) => [
        [name, [LONE], TEXT] as const,
        [name, [1], TYPE] as const,
        [name, [null], TYPE] as const,
        [name, [new String('a')], TYPE] as const,
        [name, [{ toString: () => 'a' }], TYPE] as const,
      ]),
      ['joined', ['a', '\udc00'], TEXT],
      ['joined', ['a', Symbol('b')], TYPE],
    ],
    later: [['repeatLater', ['ab', 3], 'ababab']],
  },

  bytes: {
    gives: [
      ['reversed', [bytes(1, 2, 3)], bytes(3, 2, 1)],
      ['reversed', [bytes()], bytes()],
      ['reversed', [Buffer.from([1, 2])], bytes(2, 1)],
      ['reversed', [bytes(9, 1, 2, 9).subarray(1, 3)], bytes(2, 1)],
      ['reversed', [resizable(2)], bytes(0, 0)],
      ['reversed', [new Uint8Array(new SharedArrayBuffer(2))], bytes(0, 0)],
      ['checksum', [bytes(200, 100)], bytes(1, 44)],
      ['fixed', [bytes(1, 2, 3, 4)], 0x01020304],
      ['anyBytes', [new Uint8Array(1_000_000)], 1_000_000],
    ],
    refuses: [
      ['reversed', () => [detached()], DETACHED],
      ['fixed', () => [detached()], DETACHED],
      ['fixed', [bytes(1, 2, 3)], RANGE],
      ['fixed', [bytes(1, 2, 3, 4, 5)], RANGE],
      ['fixed', [bytes()], RANGE],
      ...[
        [1, 2],
        '12',
        null,
        new ArrayBuffer(4),
        new DataView(new ArrayBuffer(4)),
        new Uint16Array(4),
        new Int8Array(4),
        new Uint8ClampedArray(4),
        { length: 4 },
        new Proxy(bytes(1, 2, 3, 4), {}),
      ].map((value) => ['reversed', [value], TYPE] as const),
    ],
    later: [['reversedLater', [bytes(1, 2)], bytes(2, 1)]],
  },

  duration: {
    gives: [
      ['double', [1.5], 3],
      ['double', [0], 0],
      ['double', [0.000_001], 0.000_002],
    ],
    refuses: [
      ['double', [-1], RANGE],
      ['double', [NaN], RANGE],
      ['double', [Infinity], RANGE],
      ['double', [1e300], RANGE],
      ['double', ['1'], TYPE],
      ['double', [new Date(1)], TYPE],
    ],
    later: [['doubleLater', [2], 4]],
  },

  date: {
    gives: [
      ['later', [new Date(5), 10], new Date(15)],
      ['later', [new Date(-1), 0], new Date(-1)],
      ['later', [new Date(0), 8.64e15], new Date(8.64e15)],
    ],
    refuses: [
      ['later', [new Date(NaN), 0], RANGE],
      ['later', [new Date(8.64e15), 1], RANGE],
      ['later', [5, 0], TYPE],
      ['later', ['1970-01-01', 0], TYPE],
      ['later', [new Proxy(new Date(0), {}), 0], TYPE],
    ],
    later: [['laterLater', [new Date(5), 5], new Date(10)]],
  },

  ordering: {
    gives: [
      ['compare', ['a', 'b'], -1],
      ['compare', ['b', 'b'], 0],
      ['turned', [-1], 1],
      ['turned', [0], 0],
    ],
    refuses: [
      ['turned', [2], RANGE],
      ['turned', [0.5], RANGE],
      ['turned', [NaN], RANGE],
      ['turned', ['less'], TYPE],
    ],
    later: [['turnedLater', [1], -1]],
  },
}
