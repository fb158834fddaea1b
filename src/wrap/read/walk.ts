/**
 * Walks a crate's public modules and re-exports: which items can be named from outside, and their shortest path. Private modules
 * are passed through where a re-export leads into them; re-exports of other crates are followed where their rustdoc is at hand.
 */
import type { JsonItem } from './format57.js'
import { crateOf, itemOf, keyOf, namespace, type Source, type World } from './world.js'
import { isStandardCrate } from './std-paths.js'

/** An item that can be named, once, under its shortest path. */
export interface Reached {
  readonly source: Source
  readonly item: JsonItem
  readonly kind: string
  readonly path: string
  /** Comes with a whole crate of other authors: part of the model only where the crate's own API speaks of it. */
  readonly limited: boolean
}

export interface Walk {
  readonly reached: readonly Reached[]
  /** Crates whose items are re-exported and whose rustdoc is not at hand. */
  readonly wanted: ReadonlySet<string>
}

interface Step {
  readonly source: Source
  readonly items: readonly number[]
  readonly prefix: readonly string[]
  readonly limited: boolean
}

interface Target {
  readonly source: Source
  readonly id: number
  readonly item: JsonItem
}

/** Fills `world.publicPaths`. */
export function walk(world: World): Walk {
  const walker = new Walker(world)
  const root = itemOf(world.main, world.main.doc.root)
  walker.run({
    source: world.main,
    items: root?.inner.module?.items ?? [],
    prefix: [world.main.name],
    limited: false,
  })
  return { reached: [...walker.reached.values()], wanted: walker.wanted }
}

class Walker {
  readonly reached = new Map<string, Reached>()
  readonly wanted = new Set<string>()
  readonly #world: World
  /** Steps by the length of their prefix, so that the first path found is a shortest one. */
  readonly #steps: Step[][] = []
  /** Those inside a `prelude`, which names things again for convenience: at the same length any other path is better. */
  readonly #late: Step[][] = []
  /** Modules by the length of the shortest path they were entered by. */
  readonly #seen = new Map<string, number>()
  readonly #taken = new Set<string>()

  constructor(world: World) {
    this.#world = world
  }

  run(first: Step): void {
    this.#push(first)
    for (let depth = 0; depth < Math.max(this.#steps.length, this.#late.length); depth += 1) {
      for (const steps of [this.#steps, this.#late]) {
        // A glob adds to the list while it is gone through.
        for (const step of steps[depth] ?? []) {
          this.#module(step)
        }
      }
    }
  }

  #push(step: Step): void {
    const steps = step.prefix.includes('prelude') ? this.#late : this.#steps
    ;(steps[step.prefix.length] ??= []).push(step)
  }

  /** What is written in a module hides what a glob brings into it, so globs come last. */
  #module(step: Step): void {
    const globs: number[] = []
    for (const id of step.items) {
      const item = itemOf(step.source, id)
      if (item?.inner.use?.is_glob === true) {
        globs.push(id)
      } else if (item !== undefined) {
        this.#item(step, id, item)
      }
    }
    for (const id of globs) {
      this.#glob(step, id)
    }
  }

  #item(step: Step, id: number, item: JsonItem): void {
    const { use, extern_crate: crate } = item.inner
    if (crate !== undefined) {
      this.#whole(step, crate.name, crate.rename ?? crate.name)
    } else if (use !== undefined) {
      this.#reexport(step, use)
    } else if (item.name !== null) {
      this.#place(step, { source: step.source, id, item }, item.name)
    }
  }

  #reexport(step: Step, use: NonNullable<JsonItem['inner']['use']>): void {
    if (use.id === null) {
      return
    }
    const summary = step.source.doc.paths[String(use.id)]
    if (summary !== undefined && summary.crate_id !== 0 && summary.path.length === 1) {
      this.#whole(step, summary.path[0] ?? '', use.name)
      return
    }
    const target = this.#target(step.source, use.id)
    if (target !== undefined) {
      this.#place(step, target, use.name)
    }
  }

  /** `pub use digest;` and `pub extern crate digest;` */
  #whole(step: Step, crate: string, name: string): void {
    const source = this.#source(crate)
    const root = source === undefined ? undefined : itemOf(source, source.doc.root)
    if (source !== undefined && root?.inner.module !== undefined) {
      const limited = step.limited || !source.family
      this.#enter({ source, id: source.doc.root, item: root }, [...step.prefix, name], limited)
    }
  }

  #glob(step: Step, id: number): void {
    const use = itemOf(step.source, id)?.inner.use
    if (use?.id == null) {
      return
    }
    const summary = step.source.doc.paths[String(use.id)]
    if (summary !== undefined && summary.crate_id !== 0 && summary.path.length === 1) {
      const source = this.#source(summary.path[0] ?? '')
      const root = source === undefined ? undefined : itemOf(source, source.doc.root)
      if (source !== undefined && root !== undefined) {
        this.#enter({ source, id: source.doc.root, item: root }, step.prefix, step.limited)
      }
      return
    }
    const target = this.#target(step.source, use.id)
    if (target?.item.inner.module !== undefined) {
      this.#enter(target, step.prefix, step.limited)
    }
  }

  #place(step: Step, target: Target, name: string): void {
    const { source, id, item } = target
    const kind = Object.keys(item.inner)[0] ?? ''
    const prefix = [...step.prefix, name]
    if (kind === 'module') {
      this.#enter(target, prefix, step.limited)
      return
    }
    if (kind === 'impl' || kind === 'use' || kind === 'variant') {
      return
    }
    const path = prefix.join('::')
    const place = `${path}${namespace(kind)}`
    const key = keyOf(source, id)
    if (this.#taken.has(place) || this.reached.has(key)) {
      this.#again(key, path, step.limited)
      return
    }
    this.#taken.add(place)
    this.#world.publicPaths.set(key, path)
    this.reached.set(key, { source, item, kind, path, limited: step.limited })
  }

  /** A second way to the same item: as short, and where it is defined, it is the better name. */
  #again(key: string, path: string, limited: boolean): void {
    const first = this.reached.get(key)
    if (first === undefined) {
      return
    }
    const defined = first.source.doc.paths[String(first.item.id)]?.path.join('::') === path
    const better = defined && path.split('::').length === first.path.split('::').length
    if (better) {
      this.#world.publicPaths.set(key, path)
    }
    this.reached.set(key, { ...first, path: better ? path : first.path, limited: first.limited && limited })
  }

  #enter(target: Target, prefix: readonly string[], limited: boolean): void {
    const key = `${keyOf(target.source, target.id)} ${limited ? 'limited' : ''}`
    const module = target.item.inner.module
    // A module that has a path of its own may be brought closer by a glob: `pub mod b; pub use b::*;`.
    if (module !== undefined && prefix.length < (this.#seen.get(key) ?? Infinity)) {
      this.#seen.set(key, prefix.length)
      this.#push({ source: target.source, items: module.items, prefix, limited })
    }
  }

  /** Follows re-exports of re-exports, and into other crates. */
  #target(source: Source, id: number): Target | undefined {
    const item = itemOf(source, id)
    if (item !== undefined && item.crate_id === 0) {
      const next = item.inner.use
      return next === undefined ? { source, id, item } : next.id == null ? undefined : this.#target(source, next.id)
    }
    const crate = crateOf(source, id)
    const other = crate === undefined || crate === source.name ? undefined : this.#source(crate)
    const there = other?.ids.get(keyOf(source, id))
    return other === undefined || there === undefined ? undefined : this.#target(other, there)
  }

  #source(crate: string): Source | undefined {
    const source = this.#world.sources.get(crate)
    if (source === undefined && !isStandardCrate(crate) && crate !== 'proc_macro') {
      this.wanted.add(crate)
    }
    return source
  }
}
