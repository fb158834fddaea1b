/**
 * Documentation comments from a crate's own: the first paragraphs, without what only Rust readers can use, and without anything
 * that could end the comment or reorder the text around it.
 */

/** How much of an item's documentation a member carries; docs pages have all of it. */
const LONGEST = 1200

/** A documentation split at its headings. */
interface Parts {
  readonly body: string
  /** By lower-case heading: `errors`, `panics`. */
  readonly sections: ReadonlyMap<string, string>
}

/** Markdown without Rust's own: code blocks gone, intra-doc links plain code, controls gone. */
export function readableMarkdown(docs: string): string {
  return plainLinks(withoutCode(withoutControls(docs)))
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** What a member's comment says: the paragraphs before the first heading, as many as fit. */
export function firstParagraphs(docs: string, longest = LONGEST): string {
  const kept: string[] = []
  let length = 0
  for (const paragraph of ended(split(readableMarkdown(docs)).body.split('\n\n'))) {
    if (kept.length > 0 && length + paragraph.length > longest) break
    kept.push(
      paragraph.length > longest ? `${paragraph.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…` : paragraph,
    )
    length += paragraph.length
  }
  return ended(kept).join('\n\n').trim()
}

/** The first paragraph under a heading, `errors`, with the list that it announces. */
export function sectionOf(docs: string, heading: string): string {
  const text = split(readableMarkdown(docs)).sections.get(heading) ?? ''
  const [first = '', second = ''] = ended(text.split('\n\n'))
  return first.endsWith(':') ? `${first} ${listItems(second).join('; ')}` : first
}

const isList = (paragraph: string): boolean => /^\s*(?:[-*+]|\d+[.)])\s/.test(paragraph)

const listItems = (paragraph: string): string[] =>
  paragraph
    .split(/^\s*(?:[-*+]|\d+[.)])\s+/m)
    .map((item) =>
      item
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/[.;,]$/, ''),
    )
    .filter((item) => item !== '')

/** Without the colons that announced a code block, which is gone. */
function ended(paragraphs: readonly string[]): string[] {
  return paragraphs.map((text, at) => (isList(paragraphs[at + 1] ?? '') ? text : text.replace(/:$/, '.')))
}

/** The lines of a documentation comment; none when there is nothing to say. */
export function docComment(paragraphs: readonly string[], indent = ''): string[] {
  const lines = paragraphs
    .map((paragraph) => (isTag(paragraph) ? paragraph : withoutControls(paragraph).trim()))
    .filter((paragraph) => paragraph !== '')
    .flatMap((paragraph, at) => [...(at === 0 || isTag(paragraph) ? [] : ['']), ...paragraph.split('\n')])
    .map(harmless)
  if (lines.length === 0) return []
  const [only] = lines
  if (lines.length === 1 && only !== undefined && only.length < 110) return [`${indent}/** ${only} */`]
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`]
}

/** A tag of ours, `@throws`, marked so that a crate's own text cannot make one. */
export function tag(name: string, text: string): string {
  return `${TAG}${name} ${withoutControls(text).replace(/\s+/g, ' ')}`.trimEnd()
}

const TAG = '\u0000'
const isTag = (text: string): boolean => text.startsWith(TAG)

/** A line that neither ends the comment nor starts a tag of its own. */
function harmless(line: string): string {
  const body = (isTag(line) ? line.slice(1) : line)
    .replaceAll(TAG, '')
    .replaceAll('*/', '*\\/')
    .replace(/\{@/g, '{ @')
    .replace(/^(\s*)@/, '$1\\@')
  return isTag(line) ? `@${body}` : body
}

/**
 * Text without control characters, of Unicode's direction and invisible ones too, and without halves of surrogate pairs: none of
 * them belongs in source code.
 */
export function withoutControls(text: string): string {
  return (
    text
      .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
      // eslint-disable-next-line no-control-regex -- they are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '')
      .replace(
        /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu,
        '',
      )
      .replace(/\p{Surrogate}/gu, '\ufffd')
  )
}

/** Without fenced blocks: what they show is Rust. */
function withoutCode(text: string): string {
  const kept: string[] = []
  let fence = ''
  for (const line of text.split('\n')) {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence === '') {
      if (mark === undefined) kept.push(line)
      else fence = mark
    } else if (mark?.startsWith(fence) === true && line.trim() === mark) {
      fence = ''
    }
  }
  return kept.join('\n')
}

const isAddress = (target: string): boolean => /^https?:\/\/[^\s)>]+$/.test(target)

/** Links into Rust documentation become what they show; links to pages stay. */
function plainLinks(text: string): string {
  const definitions = new Map<string, string>()
  const body = text.replace(/^\s{0,3}\[([^\]\n]+)\]:\s*(\S+).*$/gm, (_, name: string, target: string) => {
    definitions.set(name.toLowerCase(), target)
    return ''
  })
  const link = (shown: string, target: string | undefined): string =>
    target !== undefined && isAddress(target) ? `[${shown}](${target})` : shown
  return body
    .replace(/\[([^\]\n]+)\]\(([^)\s]*)(?:\s+"[^"]*")?\)/g, (_, shown: string, target: string) => link(shown, target))
    .replace(/\[([^\]\n]+)\]\[([^\]\n]*)\]/g, (_, shown: string, name: string) =>
      link(shown, definitions.get((name === '' ? shown : name).toLowerCase())),
    )
    .replace(/\[([^\]\n]+)\](?!\()/g, (whole, shown: string) => {
      const target = definitions.get(shown.toLowerCase())
      if (target !== undefined) return link(shown, target)
      return /^`[^`]+`$/.test(shown) ? shown : whole
    })
}

function split(text: string): Parts {
  const sections = new Map<string, string>()
  const body: string[] = []
  let lines = body
  let heading = ''
  const close = (): void => {
    if (heading !== '') sections.set(heading, lines.join('\n').trim())
  }
  for (const line of text.split('\n')) {
    const found = /^\s{0,3}#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1]
    if (found === undefined) {
      lines.push(line)
      continue
    }
    close()
    heading = found.toLowerCase()
    lines = []
  }
  close()
  return { body: body.join('\n').trim(), sections }
}
