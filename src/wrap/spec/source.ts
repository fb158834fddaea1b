/** From the bytes of a spec to a YAML document in which nothing is left that a spec may not have. */
import { isAlias, LineCounter, parseDocument, visit, type Document } from 'yaml'
import type { Fault } from './fault.js'
import type { Place } from './spec.js'

/** The largest spec that is read, in bytes: a crate of 20,000 items needs a quarter. */
const LARGEST = 16 * 1024 * 1024

export interface Source {
  readonly text: string
  readonly document: Document
  readonly place: (offset: number) => Place
}

const START: Place = { line: 1, column: 1 }

/** Decodes and parses. There is a source when there are no faults. */
export function readSource(input: string | Uint8Array): { source?: Source; faults: Fault[] } {
  const size = typeof input === 'string' ? Buffer.byteLength(input) : input.byteLength
  if (size > LARGEST) {
    return fault(
      START,
      `the spec has ${size} bytes; a spec may have ${LARGEST}`,
      'a spec is written for one crate: is this the right file?',
    )
  }
  const decoded = decode(input)
  if (typeof decoded !== 'string') return { faults: [decoded] }
  const illegal = findIllegal(decoded)
  if (illegal !== undefined) return { faults: [illegal] }
  return parse(decoded)
}

function fault(place: Place, message: string, hint?: string): { faults: Fault[] } {
  return { faults: [{ place, message, ...(hint === undefined ? {} : { hint }) }] }
}

function decode(input: string | Uint8Array): string | Fault {
  if (typeof input === 'string') return input.startsWith('\ufeff') ? input.slice(1) : input
  const isUtf16 = (input[0] === 0xff && input[1] === 0xfe) || (input[0] === 0xfe && input[1] === 0xff)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(input)
  } catch {
    return {
      place: isUtf16 ? START : firstUndecodable(input),
      message: isUtf16 ? 'the spec is UTF-16; a spec is UTF-8' : 'the spec is not UTF-8 from here on',
      hint: 'save the file as UTF-8',
    }
  }
}

function firstUndecodable(input: Uint8Array): Place {
  let line = 1
  let start = 0
  for (;;) {
    const feed = input.indexOf(0x0a, start)
    const bytes = input.subarray(start, feed === -1 ? input.length : feed)
    if (!isDecodable(bytes, false) || feed === -1) return { line, column: columnOf(bytes) }
    line += 1
    start = feed + 1
  }
}

/** How far a line decodes; the more bytes, the less likely, so halving finds it. */
function columnOf(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length
  while (good + 1 < bad) {
    const middle = (good + bad) >> 1
    if (isDecodable(bytes.subarray(0, middle), true)) good = middle
    else bad = middle
  }
  return new TextDecoder().decode(bytes.subarray(0, good), { stream: true }).length + 1
}

function isDecodable(bytes: Uint8Array, isPart: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isPart })
    return true
  } catch {
    return false
  }
}

/** Control characters, marks that turn the direction of writing, and what stands for undecodable bytes. */
function findIllegal(text: string): Fault | undefined {
  for (let offset = 0; offset < text.length; offset += 1) {
    const code = text.charCodeAt(offset)
    if (!isIllegal(code)) continue
    const before = text.slice(0, offset)
    const line = before.split('\n').length
    const place = { line, column: offset - before.lastIndexOf('\n') }
    if (code === 0xfffd) {
      return {
        place,
        message: 'the spec is not UTF-8 here, or was not when it was last saved',
        hint: 'save the file as UTF-8',
      }
    }
    const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    return {
      place,
      message: `the invisible character ${name} may not stand in a spec`,
      hint: 'take it out, or write it as an escape between double quotes',
    }
  }
  return undefined
}

/** Whether a UTF-16 unit is one a spec does not have as it stands. */
export function isIllegal(code: number): boolean {
  if (code < 0x20) return code !== 0x0a && code !== 0x0d && code !== 0x09
  if (code < 0x7f) return false
  const isDirection = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
  return code <= 0x9f || isDirection || code === 0x2028 || code === 0x2029 || code === 0xfffd || code === 0xfeff
}

function parse(text: string): { source?: Source; faults: Fault[] } {
  const lines = new LineCounter()
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  let document: Document
  try {
    document = parseYaml(text, lines, false)
  } catch (error) {
    if (error instanceof RangeError) return fault(START, TOO_DEEP)
    throw error
  }
  // One slip makes several errors, of which only the first can be trusted.
  const first = [...document.errors].sort((one, other) => one.pos[0] - other.pos[0])[0]
  if (first?.message.includes('call stack')) return fault(place(first.pos[0]), TOO_DEEP)
  if (first !== undefined) return { faults: [yamlFault(first, place, parseYaml(text, new LineCounter(), true))] }
  if (document.contents === null || text.trim() === '') {
    return fault(
      START,
      'the spec is empty',
      'the least a spec has is `wrapper_lib`; `ferrule scan` proposes a whole one',
    )
  }
  const faults = findUnwanted(document, place)
  return faults.length > 0 ? { faults } : { source: { text, document, place }, faults }
}

const TOO_DEEP = 'the spec is nested too deeply to be read'

/**
 * Every scalar stays the text that was written: `version: 1.10` is not the number 1.1. Doubled keys are told later, with both
 * places. The tokens a document was made of are only kept to say what was not closed.
 */
function parseYaml(text: string, lineCounter: LineCounter, keepSourceTokens: boolean): Document {
  return parseDocument(text, {
    lineCounter,
    keepSourceTokens,
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  })
}

function yamlFault(
  error: { code: string; message: string; pos: [number, number] },
  place: (offset: number) => Place,
  document: Document,
): Fault {
  const tabs = document.errors.filter(({ code }) => code === 'TAB_AS_INDENT')
  const tab = tabs[0]
  if (tab !== undefined) {
    const more = tabs.length > 1 ? `; so are ${tabs.length - 1} more` : ''
    return {
      place: place(tab.pos[0]),
      message: `this line is indented with a tab, which YAML does not allow${more}`,
      hint: 'put two spaces in the place of each tab',
    }
  }
  if (error.code === 'MULTIPLE_DOCS') {
    return {
      place: place(error.pos[0]),
      message: 'a second document starts here; a spec is one',
      hint: 'take the line `---` out',
    }
  }
  const opened =
    document.errors.some(({ code }) => code === 'BAD_INDENT' || code === 'MISSING_CHAR') && unclosed(document)
  if (opened) {
    const message = `the ${opened.mark} that opens here is not closed`
    return { place: place(opened.offset), message, hint: `it ends before line ${place(error.pos[0]).line} goes on` }
  }
  const hint = YAML_HINTS.get(error.code)
  return {
    place: place(error.pos[0]),
    message: `not valid YAML: ${lowerFirst(error.message)}`,
    ...(hint === undefined ? {} : { hint }),
  }
}

/** The innermost text, list or mapping that was opened and never closed. */
function unclosed(document: Document): { mark: string; offset: number } | undefined {
  let found: { mark: string; offset: number } | undefined
  visit(document, {
    Node: (_, node) => {
      const token = isAlias(node) ? undefined : node.srcToken
      if (token?.type === 'flow-collection' && token.end.length === 0) {
        found = { mark: token.start.source, offset: token.offset }
      } else if (token?.type === 'double-quoted-scalar' || token?.type === 'single-quoted-scalar') {
        const mark = token.source.charAt(0)
        if (token.source.length < 2 || !token.source.endsWith(mark)) found = { mark, offset: token.offset }
      }
    },
  })
  return found
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

const YAML_HINTS: ReadonlyMap<string, string> = new Map([
  ['BAD_INDENT', 'the lines of one mapping or list start at the same column'],
  ['BLOCK_AS_IMPLICIT_KEY', 'the next line may be indented too far; a text with `: ` in it needs quotes'],
  ['MISSING_CHAR', 'something opened is not closed, or a `:` is missing, here or on a line before'],
  ['UNEXPECTED_TOKEN', 'look at the line before: something there is not closed or not indented as the rest'],
])

/** Anchors, aliases and tags: a spec says each thing where it stands, and no small file grows into a large one. */
function findUnwanted(document: Document, place: (offset: number) => Place): Fault[] {
  const faults: Fault[] = []
  const add = (offset: number, what: string, hint: string): void => {
    faults.push({ place: place(offset), message: `${what} may not stand in a spec`, hint })
  }
  visit(document, {
    Value: (_, node) => {
      const offset = node.range?.[0] ?? 0
      // Its aliases go with it: an alias without an anchor is no YAML.
      if (node.anchor !== undefined) {
        add(offset, `the anchor &${node.anchor}`, 'write the value out in each place that needs it')
      }
      if (node.tag !== undefined) {
        const tag = node.tag.replace('tag:yaml.org,2002:', '!!')
        add(offset, `the tag ${tag}`, 'a value is what its key says; take the tag out')
      }
    },
  })
  return faults
}
