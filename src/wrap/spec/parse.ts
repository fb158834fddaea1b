/** A spec's text to a Spec, or to every fault it has. */
import { isMap, isScalar } from 'yaml'
import { checkSpec } from './check.js'
import { isNested, type Nested, type SectionDescription } from './describe.js'
import {
  callbackEntry,
  constantEntry,
  crateEntry,
  enumEntry,
  errorEntry,
  functionEntry,
  handleEntry,
  instanceEntry,
  libraryEntry,
  methodEntry,
  recordEntry,
} from './entries.js'
import type { Fault } from './fault.js'
import { entries, entry, text, type Fields, type Read } from './fields.js'
import { nearest } from './nearest.js'
import { complain, pairsOf, placeOfNode, readValue, type Reading } from './read.js'
import { SECTIONS } from './sections.js'
import { readSource, type Source } from './source.js'
import type { Spec } from './spec.js'

export type { Fault } from './fault.js'

/**
 * Parses a spec: its text, or its bytes as they are in the file, which are then checked to be UTF-8. There is a spec when there
 * are no faults; they are in the order of their places. `file` is what messages and `Spec.file` call it.
 */
export function parseSpec(input: string | Uint8Array, file: string): { spec?: Spec; faults: Fault[] } {
  const { source, faults } = readSource(input)
  if (source === undefined) return { faults }
  const reading: Reading = { source, faults, isRust: langOf(source) === 'rust', isLibraryWhole: false, types: [] }
  const fields = readSections(reading)
  if (fields === undefined) return { faults: inOrder(faults) }
  const spec = specOf(fields, file)
  checkSpec(spec, reading)
  return faults.length > 0 ? { faults: inOrder(faults) } : { spec, faults }
}

const langOf = (source: Source): string => {
  const lang = source.document.getIn(['wrapper_lib', 'lang'])
  return lang === 'c' || lang === 'cpp' ? lang : 'rust'
}

const inOrder = (faults: Fault[]): Fault[] =>
  faults.sort((one, other) => one.place.line - other.place.line || one.place.column - other.place.column)

const START = { line: 1, column: 1 }

function readSections(reading: Reading): Fields | undefined {
  const root = reading.source.document.contents
  if (!isMap(root)) {
    const found = isScalar(root) ? 'a text' : 'a list'
    complain(
      reading,
      placeOfNode(reading, root, START),
      `a spec is a mapping of sections, found ${found}`,
      'it starts with `wrapper_lib:`',
    )
    return
  }
  const values = new Map<string, Read>()
  const pairs = pairsOf(reading, root, 'the spec')
  for (const [name, pair] of pairs) {
    const place = placeOfNode(reading, pair.key, START)
    const section = SECTIONS.find(({ key }) => key === name)
    if (section === undefined) {
      const near = nearest(
        name,
        SECTIONS.map(({ key }) => key),
      )
      const hint = near === undefined ? `the sections are ${SECTIONS.map(({ key }) => key).join(', ')}` : undefined
      complain(reading, place, `\`${name}\` is not a section of a spec`, hint ?? `did you mean \`${String(near)}\`?`)
      continue
    }
    const faultsBefore = reading.faults.length
    const read = readValue(reading, pair.value, section.kind, name, place)
    if (name === 'wrapper_lib') reading.isLibraryWhole = reading.faults.length === faultsBefore
    if (read !== undefined) values.set(name, read)
  }
  const isMisspelt = [...pairs.keys()].some((name) => nearest(name, ['wrapper_lib']) !== undefined)
  if (!isMisspelt) complain(reading, START, 'the spec has no `wrapper_lib`', EXAMPLE_HINT)
  return { place: placeOfNode(reading, root, START), values }
}

const library = SECTIONS.find(({ key }) => key === 'wrapper_lib')
const EXAMPLE_HINT = `for example \`wrapper_lib: ${library?.example ?? ''}\``

/** A section that is a mapping, with its defaults when it is absent. */
function mapping(fields: Fields, key: SectionDescription['key']): Fields {
  if (fields.values.has(key)) return entry(fields, key)
  const kind = SECTIONS.find((section) => section.key === key)?.kind
  return defaultsOf(fields, kind !== undefined && isNested(kind) ? kind : undefined)
}

function defaultsOf(fields: Fields, kind: Nested | undefined): Fields {
  const values = new Map<string, Read>()
  for (const description of kind?.keys ?? []) {
    if (description.default !== undefined) {
      values.set(description.key, { place: fields.place, value: description.default })
    }
  }
  return { place: fields.place, values }
}

function specOf(fields: Fields, file: string): Spec {
  return {
    file,
    lib: libraryEntry(mapping(fields, 'wrapper_lib')),
    crate: crateEntry(mapping(fields, 'crate')),
    api: text(fields, 'api') === 'handwritten' ? 'handwritten' : 'generated',
    handles: entries(fields, 'handle_types').map(handleEntry),
    records: entries(fields, 'records').map(recordEntry),
    enums: entries(fields, 'enums').map(enumEntry),
    errors: entries(fields, 'errors').map(errorEntry),
    callbacks: entries(fields, 'callbacks').map(callbackEntry),
    instances: entries(fields, 'instances').map(instanceEntry),
    functions: entries(fields, 'functions').map(functionEntry),
    methods: entries(fields, 'methods').map(methodEntry),
    constants: entries(fields, 'constants').map(constantEntry),
  }
}
