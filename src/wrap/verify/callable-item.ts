/** A function or a method of the spec, as the checks see both. */
import type { RustSignature } from '../model/rust-type.js'
import { parseSignature, printSignature, RustTextError } from '../model/text.js'
import type { EditTarget } from '../spec/edit.js'
import type { FunctionEntry, MethodEntry } from '../spec/spec.js'
import type { Finding } from './finding.js'
import type { Lookup } from './find-callable.js'
import type { Candidate } from './resolve.js'

/** An entry of either section, with what differs between the two. */
export interface CallableItem {
  readonly entry: FunctionEntry | MethodEntry
  readonly method?: MethodEntry
  readonly target: EditTarget
  /** As messages name it: `Version.parse`. */
  readonly item: string
  /** The crate's name of it. */
  readonly rustName: string
  readonly lookup: Lookup
}

/** The entry's parameter for one of the signature's; a function that is a method takes its object first. */
export function paramAt(
  item: CallableItem,
  candidate: Candidate,
  index: number,
): FunctionEntry['params'][number] | undefined {
  return item.entry.params[index + objectFirst(item, candidate)]
}

export const objectFirst = (item: CallableItem, candidate: Candidate): 0 | 1 =>
  item.method === undefined && candidate.signature.receiver !== undefined ? 1 : 0

/** As the crate has it: type parameters by their own names. */
export const printed = (candidate: Candidate): string =>
  printSignature(candidate.callable.name, candidate.callable.signature)

/** As a `rust` key has it. */
export const signatureText = (candidate: Candidate): string => printSignature('', candidate.callable.signature)

/** What the spec says of the item in one line. */
export function expectedText(item: CallableItem): string {
  const { rust, params, returns } = item.entry
  const types = params.map((param) => `${param.name}: ${param.type}`).join(', ')
  if (rust === undefined) return `${item.rustName}(${types}) gives ${returns}`
  const signature = readSignature(rust)
  return typeof signature === 'string' ? rust : printSignature(item.rustName, signature)
}

/** The signature of a `rust` key, or why it cannot be read. */
export function readSignature(text: string): RustSignature | string {
  try {
    return parseSignature(text)
  } catch (error) {
    if (error instanceof RustTextError) return error.message
    throw error
  }
}

/** What every finding about the item says. */
export const base = (item: CallableItem): Pick<Finding, 'place' | 'item' | 'severity' | 'expected'> => ({
  place: item.entry.place,
  item: item.item,
  severity: 'error',
  expected: expectedText(item),
})
