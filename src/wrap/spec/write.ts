/** A draft to the text of a spec: the same draft, the same bytes. */
import { draftSections } from './draft-values.js'
import type { LeftOut, SpecDraft } from './draft.js'
import type { SpecValue } from './edit.js'
import { commentText, itemText, pairText } from './yaml-text.js'

export { editSpec, EditError } from './edit-text.js'
export type { EditTarget, SpecEdit, SpecValue } from './edit.js'

/** The scanner's proposal as a person likes to read it: an item is a line where it fits, what was left out stands at the end. */
export function writeSpec(draft: SpecDraft): string {
  const sections = draftSections(draft).map(([key, value]) => sectionText(key, value, commentsOf(draft, key)))
  return [header(draft), ...sections, ...leftOutText(draft.leftOut)].map((part) => `${part}\n`).join('\n')
}

function header({ lib }: SpecDraft): string {
  const source = lib.rustCrateVersion === '' ? lib.rustCrate : `${lib.rustCrate} ${lib.rustCrateVersion}`
  return [
    `# What of ${commentText(source)} the package offers, and how. Proposed by \`ferrule scan\`; edit it, comments stay.`,
    '# `ferrule verify` holds it to the crate, `ferrule generate` writes everything else from it.',
  ].join('\n')
}

/** Where an instance of a generic type was found, by its place in the section. */
function commentsOf({ instances, records, enums }: SpecDraft, key: string): readonly (string | undefined)[] {
  const sections: Readonly<Record<string, readonly { readonly found?: string }[]>> = { instances, records, enums }
  return sections[key]?.map(({ found }) => found) ?? []
}

/** Items of one handle stay together; an empty line parts them from the next. */
function sectionText(key: string, value: SpecValue, comments: readonly (string | undefined)[]): string {
  if (!Array.isArray(value)) return pairText(key, value, '')
  const lines = [`${key}:`]
  let last: string | undefined
  for (const [place, item] of (value as readonly SpecValue[]).entries()) {
    const group = groupOf(item)
    if (last !== undefined && group !== last) lines.push('')
    last = group
    const comment = comments[place]
    if (comment !== undefined) lines.push(`  # ${commentText(comment)}`)
    lines.push(itemText(item, '  '))
  }
  return lines.join('\n')
}

function groupOf(item: SpecValue): string {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return ''
  const { handle, owner } = item as { readonly [key: string]: SpecValue }
  return typeof handle === 'string' ? handle : typeof owner === 'string' ? owner : ''
}

function leftOutText(leftOut: readonly LeftOut[]): string[] {
  if (leftOut.length === 0) return []
  const byRule = new Map<string, LeftOut[]>()
  for (const item of leftOut) byRule.set(item.rule, [...(byRule.get(item.rule) ?? []), item])
  const rules = [...byRule].sort(
    ([one, ones], [other, others]) => others.length - ones.length || (one < other ? -1 : 1),
  )
  const lines = [`# Left out: ${leftOut.length}, by the rule that is missing or that refused them.`]
  for (const [rule, items] of rules) {
    lines.push('#', `# ${commentText(rule)} (${items.length})`)
    const sorted = [...items].sort((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0))
    for (const { path, reason } of sorted) lines.push(`#   ${commentText(path)}: ${commentText(reason)}`)
  }
  return [lines.join('\n')]
}
