// The scanner's spec of the kitchen sink, with each item a second time as a task on the pool.
import { TASK } from './names.js'
import type { DraftFunction, DraftMethod, SpecDraft } from '../../../src/wrap/spec/draft.js'

/** Every item that can leave the JavaScript thread, once more with `async: blocking`. */
export function withTasks(draft: SpecDraft): SpecDraft {
  const stays = staying(draft)
  const canLeave = (item: DraftFunction | DraftMethod): boolean =>
    item.rust?.startsWith('async ') !== true &&
    // Its items are read in batches, as they are asked for.
    item.rule !== 'iterator' &&
    [item.returns, ...item.params.map(({ type }) => type)].every((type) => !stays(type))
  const functions = draft.functions.filter((item) => canLeave(item) && !isOf(stays, item.owner))
  const methods = draft.methods.filter((item) => canLeave(item) && !isOf(stays, item.handle))
  return {
    ...draft,
    functions: [...draft.functions, ...functions.map(functionTask)],
    methods: [
      ...draft.methods,
      ...methods.map((item): DraftMethod => ({ ...item, name: item.name + TASK, async: 'blocking' })),
    ],
  }
}

/** A constructor cannot be awaited: as a task it is a static method. */
function functionTask({ isConstructor = false, ...item }: DraftFunction): DraftFunction {
  return { ...item, name: (isConstructor ? 'new' : item.name) + TASK, async: 'blocking' }
}

/** Whether a type's text names what cannot leave: a callback, an iterator, a class bound to its thread, one that borrows. */
function staying(draft: SpecDraft): (text: string) => boolean {
  const classes = draft.handles.filter(({ bound, rustType }) => bound === true || rustType.includes("<'"))
  const names = classes.map(({ name }) => name)
  return (text) =>
    text.includes('=>') ||
    text.startsWith('lazy ') ||
    names.some((name) => new RegExp(`\\bhandle ${name}\\b`).test(text))
}

const isOf = (stays: (text: string) => boolean, owner: string | undefined): boolean =>
  owner !== undefined && stays(`handle ${owner}`)
