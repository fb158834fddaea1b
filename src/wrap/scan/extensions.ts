/** Traits that give methods to types of the language: `"text".to_kebab_case()` is a function here. */
import type { TraitItem } from '../model/model.js'
import type { RustType } from '../model/rust-type.js'
import { parseType, printType } from '../model/text.js'
import { decideSignature, decideWays, type Scene } from './decide.js'
import { isRefused, withObject, type Scanning } from './members.js'
import { camel } from './names.js'
import { typeWord } from './type-words.js'

/** Types whose values JavaScript has; of several numbers only the one that JavaScript's are. */
const EXTENDED = ['str', '[u8]', 'f64', 'bool', 'char']

export function addExtensions(at: Scanning): void {
  for (const trait of at.view.model.traits) {
    const types = EXTENDED.filter((text) => trait.implementors.includes(text)).map((text) => parseType(text))
    for (const [place, type] of types.entries()) addExtension(trait, type, place === 0 ? '' : typeWord(type), at)
  }
}

function addExtension(trait: TraitItem, type: RustType, suffix: string, at: Scanning): void {
  for (const method of trait.methods) {
    const scene: Scene = { view: at.view, world: at.world, self: type, implGenerics: [], implFor: type }
    const ways = decideWays(method, scene)
    if (ways === undefined) continue
    if ('refused' in ways) {
      at.draft.leaveOut(method.path, ways)
      at.draft.count(method.path, false, ways.rule)
      continue
    }
    for (const way of ways) {
      const decision = decideSignature(withObject(way.decision.signature, type, 'value'), scene)
      at.draft.count(method.path, !isRefused(decision), isRefused(decision) ? decision.rule : 'extension')
      if (isRefused(decision)) {
        at.draft.leaveOut(method.path, decision)
        continue
      }
      const path = `<${printType(type)} as ${trait.path}>::${method.name}`
      const end = way.suffix + suffix
      at.draft.addFunction(path, 'extension', decision, [
        camel(method.name) + end,
        camel(`${trait.name}_${method.name}`) + end,
      ])
    }
  }
}
