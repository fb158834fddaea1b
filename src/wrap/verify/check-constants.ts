/** Constants of the spec against the crate's. */
import { lastName } from '../model/paths.js'
import { printType } from '../model/text.js'
import { boundaryText, mapType } from '../rules/map-type.js'
import { isRefusal } from '../rules/mapping.js'
import type { ConstantEntry } from '../spec/spec.js'
import { sameBoundaryText } from './boundary-text.js'
import type { VerifyContext } from './context.js'
import { findType, isOwnPath } from './crate-index.js'
import type { Finding } from './finding.js'
import { missing } from './missing.js'
import { parentOf } from './moved.js'

export function checkConstant(context: VerifyContext, constant: ConstantEntry): readonly Finding[] {
  const written = parentOf(constant.rust)
  const within = context.moved.get(written) ?? written
  const name = lastName(constant.rust)
  const owner = findType(context.index, within)
  const all = owner?.constants ?? context.model.constants
  const actual = all.find((one) => one.path === constant.rust || (owner !== undefined && one.name === name))
  const item = constant.owner === undefined ? constant.name : `${constant.owner}.${constant.name}`
  const target = {
    section: 'constants',
    name: constant.name,
    ...(constant.owner === undefined ? {} : { of: constant.owner }),
  } as const
  const base = {
    place: constant.place,
    item,
    severity: 'error',
    expected: `${constant.rust}: ${constant.type}`,
  } as const
  if (within !== written)
    return [
      {
        ...base,
        kind: 'type-missing',
        message: `\`${written}\` is no public path of the crate`,
        found: `${owner?.kind ?? 'type'} ${within}`,
        change: `write \`${within}\``,
        fix: [{ kind: 'set', target, path: ['rust'], value: `${within}::${name}` }],
      },
    ]
  if (actual === undefined) {
    // Unit variants and unit structs are values too; what is another crate's is not in the model.
    const isValue = owner?.variants.some((variant) => variant.name === name) === true
    if (isValue || !isOwnPath(constant.rust, context.spec.crate.dependencies)) return []
    if (context.missingTypes.has(within)) return []
    const used = new Set(context.spec.constants.map((one) => one.rust))
    const others = all.filter((one) => !used.has(one.path))
    return [
      missing(context, {
        ...base,
        kind: 'missing',
        what: 'constant',
        name,
        within,
        candidates: new Map(others.map((one) => [one.name, `${one.path}: ${printType(one.type)}`])),
        rename: (near) => [{ kind: 'set', target, path: ['rust'], value: `${within}::${near}` }],
      }),
    ]
  }
  const classes = [...context.owners.values()].filter((one) => one.path === owner?.path)
  const self = (classes.find((one) => one.name === constant.owner) ?? classes[0])?.type
  const mapping = mapType(actual.type, 'out', self === undefined ? context.world : { ...context.world, self })
  if (isRefusal(mapping) || sameBoundaryText(constant.type, boundaryText(mapping))) return []
  const text = boundaryText(mapping)
  return [
    {
      ...base,
      kind: 'constant-type',
      message: `\`${actual.path}\` is \`${printType(actual.type)}\`, which crosses as \`${text}\`, not \`${constant.type}\``,
      found: `const ${actual.path}: ${printType(actual.type)}`,
      change: `set \`type: "${text}"\``,
      fix: [{ kind: 'set', target, path: ['type'], value: text }],
    },
  ]
}
