/** Edits in place: only the letters of what changes are touched, so comments, order and layout stay as somebody left them. */
import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml'
import type { EditTarget, SpecEdit, SpecValue } from './edit.js'
import { readSource, type Source } from './source.js'
import { flowText, pairText, scalarText } from './yaml-text.js'

/** An edit that has nothing to be done to. */
export class EditError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'EditError'
  }
}

/** Letters to be put in the place of others. */
interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * Applies edits in their order.
 *
 * @throws EditError when the text is no spec, or has no such item.
 */
export function editSpec(text: string, edits: readonly SpecEdit[]): string {
  let current = text
  let waiting = [...edits]
  while (waiting.length > 0) {
    const { now, later } = oneForEachItem(waiting)
    current = applyRound(current, now)
    waiting = later
  }
  return current
}

/** Edits of different items can be made against one reading of the text; a second one of an item needs the text anew. */
function oneForEachItem(edits: readonly SpecEdit[]): { now: SpecEdit[]; later: SpecEdit[] } {
  const seen = new Set<string>()
  const now: SpecEdit[] = []
  const later: SpecEdit[] = []
  for (const edit of edits) {
    const { section, name, of } = edit.target
    // The last item of a list goes another way than the others, so they go one by one.
    const keys = [keyOf(section, name, of), ...(edit.kind === 'drop' ? [section] : [])]
    if (keys.some((key) => seen.has(key))) later.push(edit)
    else now.push(edit)
    for (const key of keys) seen.add(key)
  }
  return { now, later }
}

function applyRound(text: string, edits: readonly SpecEdit[]): string {
  const { source, faults } = readSource(text)
  if (source === undefined)
    throw new EditError(`the spec cannot be edited: ${faults[0]?.message ?? 'it cannot be read'}`)
  const finder = indexItems(source)
  const splices = edits.flatMap((edit) => spliceOf(source, finder, edit) ?? [])
  splices.sort((one, other) => other.start - one.start)
  // The byte order mark is not part of what was read.
  let result = source.text
  for (const { start, end, text: replacement } of splices)
    result = result.slice(0, start) + replacement + result.slice(end)
  return text.startsWith('\ufeff') ? `\ufeff${result}` : result
}

/** An item and the list it is in. */
interface Found {
  readonly map: YAMLMap
  readonly list?: YAMLSeq
}

type Finder = (target: EditTarget) => Found | undefined

const keyOf = (section: string, name: string, of: string | undefined): string =>
  JSON.stringify([section, name, of ?? null])

function indexItems(source: Source): Finder {
  const found = new Map<string, Found>()
  const root = source.document.contents
  for (const pair of isMap(root) ? root.items : []) {
    const section = String(isScalar(pair.key) ? pair.key.value : '')
    if (isMap(pair.value)) found.set(keyOf(section, '', undefined), { map: pair.value })
    if (!isSeq(pair.value)) continue
    for (const map of pair.value.items) {
      if (!isMap(map)) continue
      const name = textAt(map, section === 'errors' ? ['rust_type', 'cpp_type', 'c_type'] : ['name']) ?? ''
      const key = keyOf(section, name, textAt(map, section === 'methods' ? ['handle'] : ['owner']))
      if (!found.has(key)) found.set(key, { map, list: pair.value })
    }
  }
  return ({ section, name, of }) => found.get(keyOf(section, name, of))
}

function textAt(map: YAMLMap, keys: readonly string[]): string | undefined {
  const pair = keys.map((key) => pairAt(map, key)).find((candidate) => candidate !== undefined)
  return isScalar(pair?.value) ? String(pair.value.value) : undefined
}

const pairAt = (map: YAMLMap, key: string | number): Pair | undefined =>
  map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key))

function spliceOf(source: Source, find: Finder, edit: SpecEdit): Splice | undefined {
  const item = find(edit.target)
  if (item === undefined) throw new EditError(`the spec has no ${describe(edit.target)}`)
  if (edit.kind === 'drop') {
    if (item.list === undefined) throw new EditError(`${describe(edit.target)} is a section, which is not dropped`)
    return removal(source, item.list, item.list.items.indexOf(item.map))
  }
  const last = edit.path.at(-1)
  if (last === undefined) throw new EditError(`an edit of ${describe(edit.target)} does not say which key`)
  const holder = descend(item.map, edit.path.slice(0, -1))
  if (holder === undefined) {
    if (edit.kind === 'remove') return undefined
    throw new EditError(`${describe(edit.target)} has no ${edit.path.slice(0, -1).join('.')}`)
  }
  return edit.kind === 'set' ? setting(source, holder, last, edit.value) : removalAt(source, holder, last)
}

const describe = ({ section, name, of }: EditTarget): string =>
  `${section}${name === '' ? '' : ` item \`${of === undefined ? '' : `${of}.`}${name}\``}`

function descend(from: YAMLMap, path: readonly (string | number)[]): YAMLMap | YAMLSeq | undefined {
  let current: YAMLMap | YAMLSeq = from
  for (const step of path) {
    const next: unknown = isMap(current) ? pairAt(current, step)?.value : current.items[Number(step)]
    if (!isMap(next) && !isSeq(next)) return undefined
    current = next
  }
  return current
}

/** Where a node's own letters are: without the space and the comment behind it. */
function rangeOf(node: unknown): [start: number, end: number] {
  const hasRange = isScalar(node) || isMap(node) || isSeq(node)
  const range = hasRange ? node.range : undefined
  if (!range) throw new EditError('the spec has a value without a place')
  return [range[0], range[1]]
}

function setting(source: Source, holder: YAMLMap | YAMLSeq, key: string | number, value: SpecValue): Splice {
  if (isSeq(holder)) {
    const node = holder.items[Number(key)]
    if (node === undefined) throw new EditError(`there is no element ${key}`)
    const [start, end] = rangeOf(node)
    return { start, end: trimmedEnd(source, start, end), text: flowText(value) }
  }
  const pair = pairAt(holder, key)
  if (pair !== undefined) return replacement(source, pair, value)
  return addition(source, holder, String(key), value)
}

function replacement(source: Source, pair: Pair, value: SpecValue): Splice {
  const [keyStart, keyEnd] = rangeOf(pair.key)
  const isAbsent = pair.value === null || (isScalar(pair.value) && rangeOf(pair.value)[0] === rangeOf(pair.value)[1])
  if (isAbsent) {
    const colon = source.text.indexOf(':', keyEnd)
    return { start: colon + 1, end: colon + 1, text: ` ${flowText(value)}` }
  }
  const [start, end] = rangeOf(pair.value)
  const isBlock = isBlockNode(pair.value)
  if (!isBlock) return { start, end, text: flowText(value) }
  // From the colon on: a block's first line may be one of its own.
  const colon = source.text.indexOf(':', keyEnd)
  const whole = pairText(keyText(pair), value, ' '.repeat(columnOf(source, keyStart)))
  const tail = whole.slice(whole.indexOf(':', columnOf(source, keyStart) + scalarText(keyText(pair)).length))
  return { start: colon, end: trimmedEnd(source, start, end), text: tail }
}

const keyText = (pair: Pair): string => String((pair.key as Scalar).value)

function isBlockNode(node: unknown): boolean {
  if (isScalar(node)) return node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED'
  return (isMap(node) || isSeq(node)) && node.flow !== true
}

/** A block's range goes on to the next token; its letters end before the line feeds and comments there. */
function trimmedEnd(source: Source, start: number, end: number): number {
  let trimmed = end
  while (trimmed > start && /\s/.test(source.text[trimmed - 1] ?? '')) trimmed -= 1
  return trimmed
}

const columnOf = (source: Source, offset: number): number => offset - (source.text.lastIndexOf('\n', offset - 1) + 1)

function addition(source: Source, map: YAMLMap, key: string, value: SpecValue): Splice {
  const last = map.items.at(-1)
  if (map.flow === true) {
    const [start, end] = rangeOf(map)
    if (last === undefined) return { start, end, text: flowText({ [key]: value }) }
    const at = pairEnd(last)
    return { start: at, end: at, text: `, ${scalarText(key)}: ${flowText(value)}` }
  }
  const first = map.items[0]
  if (last === undefined || first === undefined) throw new EditError('an empty mapping has no place for a key')
  const indent = ' '.repeat(columnOf(source, rangeOf(first.key)[0]))
  // Behind the comment that may stand on the last line.
  const at = lineEnd(source, trimmedEnd(source, rangeOf(last.key)[0], pairEnd(last)))
  return { start: at, end: at, text: `\n${pairText(key, value, indent)}` }
}

const pairEnd = (pair: Pair): number => rangeOf(pair.value === null ? pair.key : pair.value)[1]

function lineEnd(source: Source, offset: number): number {
  const feed = source.text.indexOf('\n', offset)
  const end = feed === -1 ? source.text.length : feed
  return source.text[end - 1] === '\r' ? end - 1 : end
}

function removalAt(source: Source, holder: YAMLMap | YAMLSeq, key: string | number): Splice | undefined {
  if (isSeq(holder)) return Number(key) < holder.items.length ? removal(source, holder, Number(key)) : undefined
  const pair = pairAt(holder, key)
  return pair === undefined ? undefined : removal(source, holder, holder.items.indexOf(pair))
}

/** Takes an element or a pair out, with its comma or its lines. */
function removal(source: Source, holder: YAMLMap | YAMLSeq, index: number): Splice {
  const spans = holder.items.map(spanOf)
  const [start, end] = spans[index] ?? [0, 0]
  if (holder.flow === true) {
    const next = spans[index + 1]
    if (next !== undefined) return { start, end: next[0], text: '' }
    const before = spans[index - 1]
    if (before !== undefined) return { start: before[1], end, text: '' }
    const [open, close] = rangeOf(holder)
    return { start: open, end: close, text: isMap(holder) ? '{}' : '[]' }
  }
  if (spans.length === 1) return emptied(source, holder)
  const { text } = source
  const behind = text.indexOf('\n', trimmedEnd(source, start, end))
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const isDashLine = isMap(holder) && text.slice(lineStart, start).trim() !== ''
  if (isDashLine) {
    // The dash stays; the next key takes the removed one's place behind it.
    return { start, end: spans[index + 1]?.[0] ?? end, text: '' }
  }
  return { start: lineStart, end: behind === -1 ? text.length : behind + 1, text: '' }
}

/** A block whose only element goes becomes an empty flow. */
function emptied(source: Source, holder: YAMLMap | YAMLSeq): Splice {
  const [start, end] = rangeOf(holder)
  return { start, end: trimmedEnd(source, start, end), text: isMap(holder) ? '{}' : '[]' }
}

function spanOf(item: unknown): [start: number, end: number] {
  const pair = item as Pair
  const isPair = typeof item === 'object' && item !== null && 'key' in item
  return isPair ? [rangeOf(pair.key)[0], pairEnd(pair)] : rangeOf(item)
}
