/** Types that can never be made because they hold, or need, themselves. */
import { loneWords } from './class-entries.js'
import { complain, type Reading } from './read.js'
import type { Place, Spec } from './spec.js'
import { parseTypeText, type BoundaryType } from './type-text.js'

interface Step {
  readonly name: string
  readonly place: Place
  readonly needs: readonly string[]
}

export function checkCycles(spec: Spec, reading: Reading): void {
  const parents = spec.handles.map((item) => ({ ...item, needs: item.parent === undefined ? [] : [item.parent] }))
  report(reading, parents, 'the handle types borrow from each other in a circle', 'take one `parent` out')

  const names = new Set(spec.instances.map(({ name }) => name))
  const instances = spec.instances.map((item) => ({
    ...item,
    needs: loneWords(item.rustType).filter((word) => names.has(word)),
  }))
  report(
    reading,
    instances,
    'the instances are made of each other in a circle',
    'write the Rust type out, with the path of each type in it',
  )

  const records = spec.records.map((item) => ({ ...item, needs: item.fields.flatMap(({ type }) => recordsIn(type)) }))
  report(
    reading,
    records,
    'the records hold each other by value, so none can ever be written down',
    'make one of them a handle type',
  )
}

/** One fault for each circle, at its first entry. */
function report(reading: Reading, steps: readonly Step[], what: string, hint: string): void {
  const byName = new Map(steps.map((step) => [step.name, step]))
  const done = new Set<string>()
  for (const start of steps) {
    const circle = circleFrom(start, byName, done)
    if (circle !== undefined) {
      complain(
        reading,
        circle[0]?.place ?? start.place,
        `${what}: ${[...circle, circle[0]].map((step) => step?.name ?? '').join(' → ')}`,
        hint,
      )
    }
  }
}

/** Follows what a step needs until it comes back to itself. Its own stack: a spec may be as deep as it is long. */
function circleFrom(start: Step, byName: ReadonlyMap<string, Step>, done: Set<string>): Step[] | undefined {
  if (done.has(start.name)) return undefined
  const path: { step: Step; next: number }[] = [{ step: start, next: 0 }]
  const open = new Set([start.name])
  let circle: Step[] | undefined
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const name = top.step.needs[top.next]
    top.next += 1
    if (name === undefined) {
      path.pop()
      open.delete(top.step.name)
      done.add(top.step.name)
    } else if (open.has(name)) {
      const steps = path.map(({ step }) => step)
      circle ??= steps.slice(steps.findIndex((step) => step.name === name))
    } else {
      const step = byName.get(name)
      if (step !== undefined && !done.has(name)) {
        open.add(name)
        path.push({ step, next: 0 })
      }
    }
  }
  return circle
}

/** Records that a value of the type always has in it: not behind an option, a list or a map, which can be empty. */
function recordsIn(text: string): string[] {
  try {
    return alwaysIn(parseTypeText(text))
  } catch {
    // Told where the type is checked.
    return []
  }
}

function alwaysIn(type: BoundaryType): string[] {
  if (type.kind === 'record') return [type.name]
  return type.kind === 'tuple' ? type.items.flatMap(alwaysIn) : []
}
