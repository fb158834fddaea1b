import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..', '..')

/** A Markdown file of this repository that users read. */
export interface Page {
  /** Relative to the repository, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** A fenced block of code. */
export interface Block {
  readonly page: string
  /** The line its code starts on, counted from 1. */
  readonly line: number
  readonly language: string
  /** What follows the language in the info string: `no-run="why"`, `file=src/lib.rs`. */
  readonly attributes: Readonly<Record<string, string>>
  readonly code: string
}

/** README.md and everything below docs/. */
export function pages(): Page[] {
  const below = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  const paths = ['README.md', ...below.filter((path) => path.endsWith('.md')).map((path) => join('docs', path))]
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** @throws Error for a fence that nobody closed. */
export function blocksOf({ path, text }: Page): Block[] {
  const blocks: Block[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at += 1) {
    const opening = /^( *)```(\w+)?(.*)$/.exec(lines[at] ?? '')
    if (opening === null) continue
    const [, indent = '', language = '', info = ''] = opening
    const end = lines.indexOf(`${indent}\`\`\``, at + 1)
    if (end === -1) throw new Error(`${path}:${at + 1}: the block is never closed`)
    const code = lines.slice(at + 1, end).map((line) => line.slice(indent.length))
    blocks.push({ page: path, line: at + 2, language, attributes: attributesOf(info), code: code.join('\n') })
    at = end
  }
  return blocks
}

function attributesOf(info: string): Record<string, string> {
  const found = info.matchAll(/([\w-]+)(?:=(?:"([^"]*)"|(\S+)))?/g)
  return Object.fromEntries([...found].map(([, name = '', quoted, bare]) => [name, quoted ?? bare ?? '']))
}

/** The page without its fenced blocks: what is prose, tables and headings. */
export function proseOf({ text }: Page): string {
  return text.replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '')
}

/** The rows of the table below a heading, without its head; cells trimmed. */
export function tableBelow(page: Page, heading: string): string[][] {
  const lines = page.text.split('\n')
  const start = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === heading)
  if (start === -1) throw new Error(`${page.path} has no heading "${heading}"`)
  const first = lines.findIndex((line, index) => index > start && line.startsWith('|'))
  const rows: string[][] = []
  for (let at = first + 2; first !== -1 && lines[at]?.startsWith('|'); at += 1) {
    // A bar inside a cell is written `\|`.
    const cells = (lines[at] ?? '').replace(/^\||\|$/g, '').split(/(?<!\\)\|/)
    rows.push(cells.map((cell) => cell.trim().replaceAll('\\|', '|')))
  }
  if (rows.length === 0) throw new Error(`${page.path} has no table below "${heading}"`)
  return rows
}
