/** Values as YAML text: one way to write each, which every reader of YAML reads as the same text. */
import type { SpecValue } from './edit.js'
import { isIllegal } from './source.js'

/** Words that are something else than a text to some readers. */
const NOT_TEXT = new Set(['true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n', 'null', 'undefined', 'nan', 'inf'])

/** A text: bare where it can only be a text, otherwise between quotes. Always one line. */
export function scalarText(text: string): string {
  const isBare = /^[A-Za-z_][A-Za-z0-9_]*(?: [A-Za-z][A-Za-z0-9_]*)*$/.test(text)
  if (isBare && !NOT_TEXT.has(text.toLowerCase())) return text
  const isClean = !text.includes('\\') && !text.includes("'") && !Array.from(text).some((letter) => needsEscape(letter))
  if (text.includes('"') && isClean) return `'${text}'`
  return `"${Array.from(text, escaped).join('')}"`
}

const needsEscape = (letter: string): boolean => letter < ' ' || isHidden(letter)

/** Characters nobody sees, and halves of pairs. */
function isHidden(letter: string): boolean {
  const code = letter.charCodeAt(0)
  return isIllegal(code) || (letter.length === 1 && code >= 0xd800 && code <= 0xdfff)
}

function escaped(letter: string): string {
  if (letter === '"' || letter === '\\') return `\\${letter}`
  if (letter === '\n') return '\\n'
  if (letter === '\t') return '\\t'
  if (!needsEscape(letter)) return letter
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** A value on one line. */
export function flowText(value: SpecValue): string {
  if (typeof value === 'string') return scalarText(value)
  if (typeof value !== 'object' || value === null) return String(value)
  if (isList(value)) return `[${value.map(flowText).join(', ')}]`
  const pairs = Object.entries(value).map(([key, item]) => `${scalarText(key)}: ${flowText(item)}`)
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
}

export type SpecObject = { readonly [key: string]: SpecValue }

const isList = (value: SpecValue): value is readonly SpecValue[] => Array.isArray(value)
const isObject = (value: SpecValue): value is SpecObject =>
  typeof value === 'object' && value !== null && !isList(value)

/** How wide a line may be. */
export const WIDTH = 120

/** `key: value` at an indentation, on one line where it fits, else spread out. Ends without a line feed. */
export function pairText(key: string, value: SpecValue, indent: string): string {
  const flow = `${indent}${scalarText(key)}: ${flowText(value)}`
  const isSmall = flow.length <= WIDTH || !(isList(value) || isObject(value)) || isEmpty(value)
  if (isSmall && !isProse(value)) return flow
  if (typeof value === 'string') return `${indent}${scalarText(key)}: |-\n${indented(value, `${indent}  `)}`
  return `${indent}${scalarText(key)}:\n${blockText(value, `${indent}  `)}`
}

/** One item of a list, its dash at an indentation. */
export function itemText(value: SpecValue, indent: string): string {
  const flow = `${indent}- ${flowText(value)}`
  const hasProse = isObject(value) && Object.values(value).some(isProse)
  if ((flow.length <= WIDTH && !hasProse) || !isObject(value)) return flow
  const pairs = blockText(value, `${indent}  `)
  return `${indent}- ${pairs.slice(indent.length + 2)}`
}

function blockText(value: SpecValue, indent: string): string {
  if (isList(value)) return value.map((item) => itemText(item, indent)).join('\n')
  if (!isObject(value)) return `${indent}${flowText(value)}`
  return Object.entries(value)
    .map(([key, item]) => pairText(key, item, indent))
    .join('\n')
}

const isEmpty = (value: SpecValue): boolean =>
  isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0

/** Lines that read as they stand between the lines of YAML. */
function isProse(value: SpecValue): value is string {
  if (typeof value !== 'string' || !value.includes('\n')) return false
  const lines = value.split('\n')
  const isPlain = lines.every(
    (line) => line === line.trimEnd() && !Array.from(line).some((letter) => needsEscape(letter)),
  )
  return isPlain && lines[0]?.trimStart() === lines[0] && lines[0] !== '' && lines.at(-1) !== ''
}

const indented = (text: string, indent: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n')

/** Text for a comment: one line, nothing hidden. */
export const commentText = (text: string): string =>
  Array.from(text.replaceAll('\r', '').replaceAll('\n', ' '), (letter) =>
    needsEscape(letter) ? escaped(letter) : letter,
  ).join('')
