/** Which types keep an async item from leaving the JavaScript thread. */
import type { RustSignature, RustType } from '../model/rust-type.js'
import { some } from '../rules/rust-types.js'
import type { Scene } from './decide.js'

/**
 * The first type of an async signature that must stay on its thread. Its result is made elsewhere and moves, so it has to be
 * `Send`; its object and its arguments are lent to another thread, and have to be `Sync` besides.
 */
export function boundType(signature: RustSignature, scene: Scene): string | undefined {
  const lent = signature.params.map((param) => param.type)
  if (signature.receiver !== undefined && scene.self !== undefined) lent.push(scene.self)
  const { types } = scene.view
  return (
    firstPath(signature.returns, (path) => types.get(path)?.send === false) ??
    lent
      .map((type) => firstPath(type, (path) => types.get(path)?.send === false || types.get(path)?.sync === false))
      .find((path) => path !== undefined)
  )
}

function firstPath(type: RustType, is: (path: string) => boolean): string | undefined {
  let found: string | undefined
  some(type, (part) => {
    if (part.kind === 'path' && is(part.path)) found = part.path
    return found !== undefined
  })
  return found
}
