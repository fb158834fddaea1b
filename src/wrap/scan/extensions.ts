/** Traits that give methods to types of the language: `"text".to_kebab_case()` is a function here. */
import type { TraitItem } from '../model/model.js'
import type { RustSignature, RustType } from '../model/rust-type.js'
import { parseType, printType } from '../model/text.js'
import { some } from '../rules/rust-types.js'
import type { Scene } from './decide.js'
import { NOTHING_TO_CHANGE, withObject, type Scanning } from './members.js'
import { camel } from './names.js'
import { typeWord } from './type-words.js'
import { decideWays } from './ways.js'

/** Types whose values JavaScript has; of several numbers only the one that JavaScript's are. */
const EXTENDED = ['str', '[u8]', 'f64', 'bool', 'char']

export function addExtensions(at: Scanning): void {
  for (const trait of at.view.model.traits) {
    for (const [place, type] of extendedBy(trait).entries()) {
      addExtension(withArguments(trait), type, place === 0 ? '' : typeWord(type), at)
    }
  }
}

/** `fn words<'a>(&'a self) -> Words<'a>`: rustdoc's `&self` has no lifetime, so it is the one that nothing else has. */
function lending(signature: RustSignature): RustSignature {
  const [object, ...others] = signature.params
  if (object?.type.kind !== 'ref') return signature
  const taken = new Set(others.flatMap((param) => lifetimesOf(param.type)))
  const lifetime = lifetimesOf(signature.returns).find(
    (name) => name !== "'_" && name !== "'static" && !taken.has(name),
  )
  if (lifetime === undefined) return signature
  return { ...signature, params: [{ ...object, type: { ...object.type, lifetime } }, ...others] }
}

/** Those that a type names, itself and inside. */
function lifetimesOf(type: RustType): readonly string[] {
  const found: string[] = []
  some(type, (part) => {
    if (part.kind === 'path') found.push(...part.lifetimes)
    if (part.kind === 'ref' && part.lifetime !== undefined) found.push(part.lifetime)
    return false
  })
  return found
}

/** `impl Normalize for &'a str` extends text as well as one for `str` does. */
function extendedBy(trait: TraitItem): readonly RustType[] {
  const has = (text: string): boolean => trait.implementors.includes(text)
  const isLent = !has('str') && trait.implementors.some((text) => text.startsWith('&') && text.endsWith(' str'))
  return [...(isLent ? ['&str'] : []), ...EXTENDED.filter(has)].map((text) => parseType(text))
}

/** `Normalize<_>`: which arguments a trait has for a type follows from the type, as long as there is one impl for it. */
function withArguments(trait: TraitItem): TraitItem {
  const parameters = trait.generics.filter(({ kind }) => kind !== 'lifetime')
  return parameters.length === 0 ? trait : { ...trait, path: `${trait.path}<${parameters.map(() => '_').join(', ')}>` }
}

function addExtension(trait: TraitItem, type: RustType, suffix: string, at: Scanning): void {
  for (const method of trait.methods) {
    const scene: Scene = { view: at.view, world: at.world, self: type, implGenerics: [], implFor: type }
    // The value is an argument: what the result borrows of it is kept like that of any other.
    const signature = withObject(method.signature, type, 'value')
    const ways =
      method.signature.receiver === 'mut'
        ? NOTHING_TO_CHANGE
        : decideWays({ ...method, signature: lending(signature) }, scene)
    if (ways === undefined) continue
    if ('refused' in ways) {
      at.draft.leaveOut(method.path, ways)
      at.draft.count(method.path, false, ways.rule)
      continue
    }
    at.draft.count(method.path, true, 'extension')
    for (const way of ways) {
      const path = `<${printType(type)} as ${trait.path}>::${method.name}`
      const end = way.suffix + suffix
      at.draft.addFunction(path, 'extension', way.decision, [
        camel(method.name) + end,
        camel(`${trait.name}_${method.name}`) + end,
      ])
    }
  }
}
