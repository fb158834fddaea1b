/** A YAML node against its description: what is there, with places, and every fault of form. */
import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml'
import {
  isChoice,
  isList,
  isNested,
  isTexts,
  type KeyDescription,
  type Kind,
  type Nested,
  type ScalarKind,
} from './describe.js'
import type { Fault } from './fault.js'
import type { Fields, Read, ReadValue } from './fields.js'
import { nearest } from './nearest.js'
import { scalarFault } from './scalars.js'
import type { Source } from './source.js'
import type { Place } from './spec.js'

export interface Reading {
  readonly source: Source
  readonly faults: Fault[]
  /** Whether Rust texts are Rust: not in a spec of a C or C++ library. */
  readonly isRust: boolean
  /** Whether `wrapper_lib` is there without faults of form. */
  isLibraryWhole: boolean
  /** Every type text met; they are parsed when all names are known. */
  readonly types: TypeUse[]
}

export interface TypeUse {
  readonly text: string
  /** Whether it is a whole result, which `void` can be. */
  readonly isResult: boolean
  /** Where a letter of the text stands. */
  readonly at: (offset: number) => Place
}

/** What the parser gives: a node, or null. */
type Item = unknown

/** Reads a value of any kind; nothing when it is none, which is then a fault. `key` is for messages. */
export function readValue(reading: Reading, node: Item, kind: Kind, key: string, fallback: Place): Read | undefined {
  const place = placeOfNode(reading, node, fallback)
  if (isMissing(node)) {
    const hint = isList(kind) ? `take \`${key}\` out, or give it an empty list: []` : undefined
    complain(reading, place, `\`${key}\` has no value; expected ${expectation(kind)}`, hint)
    return
  }
  const value = valueOf(reading, node, kind, key, place)
  return value === undefined ? undefined : { place, value }
}

function valueOf(reading: Reading, node: Item, kind: Kind, key: string, place: Place): ReadValue | undefined {
  if (isNested(kind)) return readNested(reading, node, kind, key, place)
  if (isList(kind)) {
    if (!isSeq(node)) {
      wrongKind(reading, node, kind, key, place)
      return
    }
    return node.items.flatMap((item) => readValue(reading, item, kind.listOf, key, place) ?? [])
  }
  if (isTexts(kind)) {
    if (!isMap(node)) {
      wrongKind(reading, node, kind, key, place)
      return
    }
    return readTexts(reading, node, key, place)
  }
  if (!isScalar(node)) {
    wrongKind(reading, node, kind, key, place)
    return
  }
  return isChoice(kind)
    ? readChoice(reading, node, kind.choice, key, place)
    : readScalar(reading, node, kind, key, place)
}

function readScalar(
  reading: Reading,
  node: Scalar,
  kind: ScalarKind,
  key: string,
  place: Place,
): ReadValue | undefined {
  const text = String(node.value)
  const at = (offset: number): Place => placeInside(reading, node, text, offset, place)
  if (kind === 'flag') {
    if (node.type === 'PLAIN' && (text === 'true' || text === 'false')) return text === 'true'
    complain(reading, place, `\`${key}\` is true or false, found ${shown(text)}`, 'write it without quotes')
    return
  }
  const fault = scalarFault(kind, text, key, reading.isRust)
  if (fault !== undefined) {
    complain(reading, fault.offset === undefined ? place : at(fault.offset), fault.message, fault.hint)
    return
  }
  if (kind === 'type' || kind === 'result') reading.types.push({ text, isResult: kind === 'result', at })
  return text
}

function readChoice(
  reading: Reading,
  node: Scalar,
  choice: readonly string[],
  key: string,
  place: Place,
): ReadValue | undefined {
  const text = String(node.value)
  if (choice.includes(text)) return text
  const near = nearest(text, choice)
  const hint = near === undefined ? undefined : `did you mean \`${near}\`?`
  complain(reading, place, `\`${key}\` is ${oneOf(choice)}, found ${shown(text)}`, hint)
  return undefined
}

function readTexts(reading: Reading, map: YAMLMap, key: string, place: Place): ReadValue {
  const values = new Map<string, string>()
  for (const [name, pair] of pairsOf(reading, map, key)) {
    const read = readValue(reading, pair.value, 'text', name, place)
    if (typeof read?.value === 'string') values.set(name, read.value)
  }
  return values
}

function readNested(reading: Reading, node: Item, kind: Nested, key: string, place: Place): ReadValue | undefined {
  const { short } = kind
  if (short !== undefined && isScalar(node)) {
    const description = kind.keys.find((candidate) => candidate.key === short)
    const read = description && readValue(reading, node, description.kind, key, place)
    return read && withDefaults(place, kind.keys, new Map([[short, read]]))
  }
  if (!isMap(node)) {
    wrongKind(reading, node, kind, key, place)
    return
  }
  return readKeys(reading, node, kind, place)
}

/** Reads a mapping with known keys. */
export function readKeys(reading: Reading, map: YAMLMap, kind: Nested, place: Place): Fields {
  const values = new Map<string, Read>()
  const spelled = new Map<string, string>()
  // A required key that is only misspelt is one fault, not two.
  const meant = new Set<string | undefined>()
  for (const [name, pair] of pairsOf(reading, map, kind.called)) {
    const keyPlace = placeOfNode(reading, pair.key, place)
    const description = kind.keys.find((candidate) => candidate.key === name || candidate.synonyms?.includes(name))
    if (description === undefined) {
      meant.add(unknownKey(reading, keyPlace, name, kind))
      continue
    }
    const other = spelled.get(description.key)
    if (other !== undefined) {
      complain(reading, keyPlace, `\`${name}\` and \`${other}\` are the same key of ${kind.called}`, 'keep one of them')
      continue
    }
    spelled.set(description.key, name)
    const read = readValue(reading, pair.value, description.kind, name, keyPlace)
    if (read !== undefined) values.set(description.key, read)
  }
  for (const { key, required } of kind.keys) {
    if (required === true && !spelled.has(key) && !meant.has(key)) {
      complain(reading, place, `${kind.called} needs \`${key}\``, exampleOf(kind, key))
    }
  }
  return withDefaults(place, kind.keys, values)
}

function withDefaults(place: Place, keys: readonly KeyDescription[], values: Map<string, Read>): Fields {
  for (const description of keys) {
    if (description.default === undefined || values.has(description.key)) continue
    values.set(description.key, { place, value: description.default })
  }
  return { place, values }
}

const exampleOf = (kind: Nested, key: string): string | undefined => {
  const description = kind.keys.find((candidate) => candidate.key === key)
  return description && `for example \`${key}: ${description.example}\``
}

/** Gives the key that was probably meant. */
function unknownKey(reading: Reading, place: Place, name: string, kind: Nested): string | undefined {
  const known = kind.keys.flatMap(({ key, synonyms }) => [key, ...(synonyms ?? [])])
  const near = nearest(name, known)
  const hint =
    near === undefined ? `it has ${known.map((key) => `\`${key}\``).join(', ')}` : `did you mean \`${near}\`?`
  complain(reading, place, `${kind.called} has no key \`${name}\``, hint)
  return kind.keys.find(({ key, synonyms }) => key === near || (near !== undefined && synonyms?.includes(near)))?.key
}

/** The pairs of a mapping by their keys; doubled keys and keys that are no text are faults. */
export function pairsOf(reading: Reading, map: YAMLMap, where: string): Map<string, Pair> {
  const pairs = new Map<string, Pair>()
  const firsts = new Map<string, Place>()
  for (const pair of map.items) {
    const place = placeOfNode(reading, pair.key, { line: 1, column: 1 })
    if (!isScalar(pair.key) || String(pair.key.value) === '') {
      complain(
        reading,
        place,
        `a key is a word; in ${where} there is something else`,
        'quote a text that starts with [ or {',
      )
      continue
    }
    const name = String(pair.key.value)
    const first = firsts.get(name)
    if (first !== undefined) {
      complain(
        reading,
        place,
        `\`${name}\` is there twice, first on line ${first.line}, column ${first.column}`,
        'keep one of them',
      )
      continue
    }
    firsts.set(name, place)
    pairs.set(name, pair)
  }
  return pairs
}

function wrongKind(reading: Reading, node: Item, kind: Kind, key: string, place: Place): undefined {
  const found = isMap(node)
    ? 'a mapping'
    : isSeq(node)
      ? 'a list'
      : `the text ${shown(isScalar(node) ? String(node.value) : '')}`
  const hint = isList(kind) ? 'each element starts with `- `, or all stand between [ ]' : undefined
  complain(reading, place, `\`${key}\` is ${expectation(kind)}, found ${found}`, hint)
  return undefined
}

function expectation(kind: Kind): string {
  if (isNested(kind)) return 'a mapping'
  if (isList(kind)) return 'a list'
  if (isTexts(kind)) return 'a mapping of names to texts'
  if (isChoice(kind)) return oneOf(kind.choice)
  return kind === 'flag' ? 'true or false' : 'a text'
}

const oneOf = (choice: readonly string[]): string => {
  const words = choice.map((word) => `\`${word}\``)
  return [words.slice(0, -1).join(', '), words.at(-1)].join(' or ')
}

const shown = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text)

export function complain(reading: Reading, place: Place, message: string, hint?: string): void {
  reading.faults.push({ place, message, ...(hint === undefined ? {} : { hint }) })
}

const isMissing = (node: Item): boolean =>
  node === null ||
  node === undefined ||
  (isScalar(node) && node.type === 'PLAIN' && node.range?.[0] === node.range?.[1])

export function placeOfNode(reading: Reading, node: Item, fallback: Place): Place {
  const hasRange = isScalar(node) || isMap(node) || isSeq(node)
  const range = hasRange ? node.range : undefined
  if (!range || isMissing(node)) return fallback
  return reading.source.place(range[0])
}

/** A letter's place, as long as the text stands in the file as it is read; otherwise the place of its start. */
function placeInside(reading: Reading, node: Scalar, text: string, offset: number, place: Place): Place {
  const { range } = node
  if (!range) return place
  const start = range[0] + (node.type === 'PLAIN' ? 0 : 1)
  return reading.source.text.startsWith(text, start) ? reading.source.place(start + offset) : place
}
