/**
 * The glue of a package: src/<system>/glue.rs. Nothing is imported; every path is absolute, so no name of the wrapped crate can
 * be taken for one of the glue's. A marker comment stands before each item, and no item needs another.
 */
import type { Package } from '../ir/ir.js'
import { node, nth } from './rust/crossing.js'
import { errorText } from './rust/errors.js'
import { functionNames, itemText } from './rust/item.js'
import { cellText, classText } from './rust/cells.js'
import { enumText, recordText } from './rust/shapes.js'
import { usesOf } from './rust/uses.js'

/** Valid Rust, not formatted. */
export function emitGlue(p: Package): string {
  const uses = usesOf(p)
  const names = functionNames(p)
  const items = p.exports.map((item) => itemText(p, item, names.get(item.name) ?? item.name))
  const { rustCrate, rustCrateVersion, apiVersion } = p.spec.lib
  return `//! The glue of ${p.system}: ${rustCrate} ${rustCrateVersion}, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

${p.classes.map((shape) => classText(p, shape)).join('\n')}
${cellText(p)}${p.enums.map((shape) => enumText(p, shape, uses)).join('\n')}
${p.records.map((shape) => recordText(p, shape, uses)).join('')}
${errorText(p)}
${items.map((item) => item.text).join('\n')}
pub(crate) fn register(system: &mut ${node}::System) {
${apiVersion === undefined ? '' : `    system.api_version(${Number(apiVersion)});\n`}${items.map((item) => item.registration).join('')}}
`
}

/** Lines from 1, both inclusive. */
export interface LineRange {
  readonly start: number
  readonly end: number
}

/** Where an item stands: its function, and its line in `register`. */
export interface ItemLines extends LineRange {
  readonly registration?: LineRange
}

/** What a line of the glue belongs to. */
export interface Part {
  readonly kind: 'item' | 'class' | 'enum' | 'record' | 'error'
  readonly name: string
}

/** Where each export stands in the glue, formatted or not. */
export function glueLines(text: string): Map<string, ItemLines> {
  const found = new Map<string, ItemLines>()
  for (const { part, range } of partsOf(text)) {
    if (part.kind !== 'item') continue
    const before = found.get(part.name)
    found.set(part.name, before === undefined ? range : { ...before, registration: range })
  }
  return found
}

/** Where each class stands in the glue. */
export const classLines = (text: string): Map<string, LineRange> =>
  new Map(partsOf(text).flatMap(({ part, range }) => (part.kind === 'class' ? [[part.name, range] as const] : [])))

/** What stands at a line; undefined for what belongs to all. */
export function gluePart(text: string, line: number): Part | undefined {
  return partsOf(text).find(({ range }) => range.start <= line && line <= range.end)?.part
}

/** A part ends where the next begins, or where everything's common frame goes on. */
function partsOf(text: string): { part: Part; range: LineRange }[] {
  const lines = text.split('\n')
  const parts: { part: Part; range: LineRange }[] = []
  let open: { part: Part; start: number } | undefined
  const close = (line: number): void => {
    if (open === undefined) return
    let end = line
    while (end > open.start && nth(lines, end - 1).trim() === '') end -= 1
    parts.push({ part: open.part, range: { start: open.start, end } })
    open = undefined
  }
  lines.forEach((content, at) => {
    const part = markerOf(content)
    if (part !== undefined) {
      close(at)
      open = { part, start: at + 1 }
    } else if (isFrame(content)) {
      close(at)
    }
  })
  close(lines.length)
  return parts
}

function isFrame(line: string): boolean {
  return line.startsWith('pub(crate) fn register(') || line.startsWith('/// An error without')
}

function markerOf(line: string): Part | undefined {
  const [slashes, kind, ...name] = line.trim().split(' ')
  if (slashes !== '//' || kind?.startsWith('@') !== true) return undefined
  const word = kind.slice(1)
  if (word !== 'item' && word !== 'class' && word !== 'enum' && word !== 'record' && word !== 'error') return undefined
  return { kind: word, name: name.join(' ') }
}
