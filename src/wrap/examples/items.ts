/** Every documented item of a crate, in the order of the model. */
import type { CrateModel, TypeItem } from '../model/model.js'

export interface Documented {
  readonly path: string
  readonly docs: string
}

export function* documentedItems(model: CrateModel): Generator<Documented> {
  yield { path: model.name, docs: model.docs }
  yield* model.functions
  for (const type of model.types) yield* ofType(type)
  for (const item of model.traits) {
    yield item
    yield* item.methods
  }
  yield* model.constants
}

function* ofType(type: TypeItem): Generator<Documented> {
  yield type
  for (const field of type.fields) yield { path: `${type.path}::${field.name}`, docs: field.docs }
  for (const variant of type.variants) {
    yield { path: `${type.path}::${variant.name}`, docs: variant.docs }
    for (const field of variant.fields) yield { path: `${type.path}::${variant.name}::${field.name}`, docs: field.docs }
  }
  yield* type.methods
  yield* type.constants
  for (const impl of type.impls) yield* impl.methods
}
