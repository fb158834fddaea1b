/** Helpers over the concrete syntax tree that the grammar gives. */
import type { SyntaxNode } from '@lezer/common'

export interface Source {
  readonly text: string
}

export const textOf = (source: Source, node: SyntaxNode): string => source.text.slice(node.from, node.to)

const comments: ReadonlySet<string> = new Set(['LineComment', 'BlockComment'])

/** All children, comments left out. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!comments.has(child.name)) children.push(child)
  }
  return children
}

const isWord = (name: string): boolean => name.charAt(0) >= 'A' && name.charAt(0) <= 'Z'

/** The children that are constructs, not punctuation or keywords. */
export const partsOf = (node: SyntaxNode): SyntaxNode[] =>
  childrenOf(node).filter((child) => isWord(child.name) || child.name === 'self' || child.name === 'crate')

export const childNamed = (node: SyntaxNode, name: string): SyntaxNode | undefined =>
  childrenOf(node).find((child) => child.name === name)

export const hasChild = (node: SyntaxNode, name: string): boolean => childNamed(node, name) !== undefined

/** `r#type` is `type`. */
export const plainName = (name: string): string => (name.startsWith('r#') ? name.slice(2) : name)

/** Whether the grammar had to guess anywhere in it. */
export function hasError(node: SyntaxNode): boolean {
  let found = false
  const cursor = node.cursor()
  cursor.iterate((inner) => {
    if (inner.type.isError) found = true
    return !found
  })
  return found
}
