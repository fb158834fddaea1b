/** What becomes a class: the handle types of a spec, and its instances. */
import type { HandleEntry, Spec } from './spec.js'

/** A handle type or an instance, its type written out: `rustType` names no instance any more. */
export interface ClassEntry extends HandleEntry {
  readonly section: 'handle_types' | 'instances'
}

/**
 * An instance that a handle type stands for, by its name or as its type, is that class and no second one. The instances of a spec
 * without faults are never made of each other in a circle.
 */
export function classEntries(spec: Spec): readonly ClassEntry[] {
  const types = new Map(spec.instances.map(({ name, rustType }) => [name, rustType]))
  const told = new Set(spec.handles.flatMap(({ name, rustType }) => [name, rustType]))
  const entry = (of: HandleEntry, section: ClassEntry['section']): ClassEntry => ({
    ...of,
    rustType: writtenOut(of.rustType, types),
    section,
  })
  return [
    ...spec.handles.map((handle) => entry(handle, 'handle_types')),
    ...spec.instances.filter(({ name }) => !told.has(name)).map((instance) => entry(instance, 'instances')),
  ]
}

function writtenOut(rustType: string, types: ReadonlyMap<string, string>): string {
  return wordsOf(rustType)
    .map((word) => {
      const of = types.get(word)
      return of === undefined ? word : writtenOut(of, types)
    })
    .join('')
}

/** The words of a Rust type that stand alone: not a part of a path. */
export const loneWords = (rustType: string): string[] =>
  wordsOf(rustType).filter((word) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(word))

/** Words, whole paths, and what stands between them: together the text again. */
function wordsOf(rustType: string): string[] {
  const words: string[] = []
  let at = 0
  while (at < rustType.length) {
    const start = at
    while (at < rustType.length && /^[\p{L}\p{N}_:]$/u.test(rustType[at] ?? '')) at += 1
    if (at === start) at += 1
    words.push(rustType.slice(start, at))
  }
  return words
}
