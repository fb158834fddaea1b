/** Findings for what the crate does not have: renamed, behind a feature, or gone. */
import type { SpecEdit } from '../spec/edit.js'
import type { Place } from '../spec/spec.js'
import type { VerifyContext } from './context.js'
import type { Finding, FindingKind } from './finding.js'
import { nearNames } from './nearest.js'

export interface MissingItem {
  readonly place: Place
  readonly item: string
  readonly kind: FindingKind
  /** `method`, `type`, `variant`. */
  readonly what: string
  /** The last name of it: what is compared with other names. */
  readonly name: string
  /** As the spec has it, signature included when there is one. */
  readonly expected: string
  /** Where it was looked for: `semver::Version`. */
  readonly within: string
  /** Names that could be meant, with how each reads in full. */
  readonly candidates: ReadonlyMap<string, string>
  /** Of those the ones whose signature is the wanted one. */
  readonly sameSignature?: ReadonlySet<string>
  /** How the spec is changed to another name. */
  readonly rename?: (name: string) => readonly SpecEdit[]
}

export function missing(context: VerifyContext, item: MissingItem): Finding {
  const near = nearNames(item.name, item.candidates.keys())
  const fitting = near.filter((name) => item.sameSignature?.has(name) === true)
  const names = fitting.length > 0 ? fitting : near
  const [best] = names
  const base = { place: item.place, item: item.item, severity: 'error', expected: item.expected } as const
  const message = `\`${item.within}\` has no ${item.what} \`${item.name}\``
  if (best !== undefined) {
    const only = names.length === 1
    return {
      ...base,
      kind: item.kind,
      message,
      found: names.map((name) => item.candidates.get(name) ?? name).join('; '),
      change: only ? `write \`${best}\`` : `write one of ${names.map((name) => `\`${name}\``).join(', ')}`,
      ...(only && item.rename !== undefined ? { fix: item.rename(best) } : {}),
    }
  }
  const feature = featureOf(context, item)
  if (feature !== undefined)
    return {
      ...base,
      kind: 'feature',
      message: `${message}; the crate's documentation names it with the feature \`${feature}\`, which is off`,
      found: `read with ${listed(context.model.enabledFeatures)}`,
      change: `add \`${feature}\` to the features of \`crate\` and read the crate again`,
    }
  const same = [...(item.sameSignature ?? [])]
  const off = disabledFeatures(context)
  return {
    ...base,
    kind: item.kind,
    message,
    found: same.length === 0 ? 'nothing like it' : same.map((name) => item.candidates.get(name) ?? name).join('; '),
    change: [
      same.length === 0
        ? 'take the entry out'
        : `take the entry out, or write ${same.map((name) => `\`${name}\``).join(' or ')}, which has the same signature`,
      'it is gone, private or hidden: documentation does not tell which',
      ...(off.length === 0 ? [] : [`it may need one of the features that are off: ${off.join(', ')}`]),
    ].join('; '),
  }
}

const listed = (features: readonly string[]): string =>
  features.length === 0 ? 'no features' : `the features ${[...features].sort().join(', ')}`

const disabledFeatures = ({ model }: VerifyContext): readonly string[] =>
  model.features.filter((feature) => feature !== 'default' && !model.enabledFeatures.includes(feature))

/** The feature that is off and that the crate's documentation mentions in one paragraph with the item. */
function featureOf(context: VerifyContext, item: MissingItem): string | undefined {
  const off = disabledFeatures(context)
  if (off.length === 0) return undefined
  const owner = context.index.types.get(item.within)
  const paragraphs = [context.model.docs, owner?.docs ?? ''].flatMap((docs) => docs.split('\n\n'))
  return off.find((feature) =>
    paragraphs.some((paragraph) => {
      if (!paragraph.includes(item.name) || !paragraph.includes(feature)) return false
      const words = wordsOf(paragraph)
      return words.has(feature) && words.has(item.name)
    }),
  )
}

/** Names in a text: letters, digits, `_` and `-`. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = new Set<string>()
  let word = ''
  for (const character of `${text} `) {
    if (isNameCharacter(character)) word += character
    else {
      words.add(word)
      word = ''
    }
  }
  return words
}

const isNameCharacter = (character: string): boolean =>
  character === '_' ||
  character === '-' ||
  (character >= '0' && character <= '9') ||
  character.toLowerCase() !== character.toUpperCase()
