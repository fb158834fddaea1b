/** The spec's `wrapper_lib` and `crate` against the crate that was read. */
import type { Finding } from './finding.js'
import type { VerifyContext } from './context.js'
import { nearNames } from './nearest.js'
import { satisfies } from './versions.js'

/** A finding here means that another crate was read: nothing else is worth comparing. */
export function checkCrateName({ spec, model }: VerifyContext): Finding | undefined {
  const same = (name: string): boolean => name.replaceAll('-', '_') === spec.lib.rustCrate.replaceAll('-', '_')
  if (same(model.packageName) || same(model.name)) return undefined
  return {
    place: spec.lib.place,
    item: 'wrapper_lib',
    kind: 'crate-name',
    severity: 'error',
    message: `the spec is for the crate \`${spec.lib.rustCrate}\`, and \`${model.packageName}\` was read`,
    expected: spec.lib.rustCrate,
    found: `${model.packageName} ${model.version}`,
    change: `set \`rust_crate: ${model.packageName}\`, or read the crate that is meant; nothing else was compared`,
    fix: [{ kind: 'set', target: LIBRARY, path: ['rust_crate'], value: model.packageName }],
  }
}

const LIBRARY = { section: 'wrapper_lib', name: '' } as const
const CRATE = { section: 'crate', name: '' } as const

export function checkCrate(context: VerifyContext): readonly Finding[] {
  return [...checkVersion(context), ...checkRustVersion(context), ...checkFeatures(context)]
}

function checkVersion({ spec, model }: VerifyContext): readonly Finding[] {
  const wanted = spec.lib.rustCrateVersion
  if (wanted === '' || satisfies(model.version, wanted)) return []
  return [
    {
      place: spec.lib.place,
      item: 'wrapper_lib',
      kind: 'version',
      severity: 'error',
      message: `the spec is for version ${wanted}, and ${model.packageName} ${model.version} was read`,
      expected: `${model.packageName} ${wanted}`,
      found: `${model.packageName} ${model.version}`,
      change: `set \`rust_crate_version: "${model.version}"\`, or read version ${wanted}`,
      fix: [{ kind: 'set', target: LIBRARY, path: ['rust_crate_version'], value: model.version }],
    },
  ]
}

function checkRustVersion({ spec, model }: VerifyContext): readonly Finding[] {
  const said = spec.crate.rustVersion
  const needed = model.rustVersion
  if (said === undefined || needed === undefined || satisfies(said, `>=${needed}`)) return []
  return [
    {
      place: spec.crate.place,
      item: 'crate',
      kind: 'version',
      severity: 'error',
      message: `${model.packageName} ${model.version} needs Rust ${needed}, and the spec says ${said}`,
      expected: `rust_version ${said}`,
      found: `rust_version ${needed}`,
      change: `set \`rust_version: "${needed}"\``,
      fix: [{ kind: 'set', target: CRATE, path: ['rust_version'], value: needed }],
    },
  ]
}

function checkFeatures({ spec, model }: VerifyContext): readonly Finding[] {
  return spec.crate.features.flatMap((feature, index): Finding[] => {
    const known = model.features.includes(feature) || feature.includes('/')
    if (known && (model.enabledFeatures.includes(feature) || feature.includes('/'))) return []
    const base = { place: spec.crate.place, item: 'crate', kind: 'feature', severity: 'error' } as const
    if (known)
      return [
        {
          ...base,
          message: `the spec has the feature \`${feature}\`, and ${model.packageName} was read without it`,
          expected: feature,
          found: listed(model.enabledFeatures),
          change: `read the crate again with --features ${feature}`,
        },
      ]
    const near = nearNames(feature, model.features)
    const [only] = near
    return [
      {
        ...base,
        message: `${model.packageName} ${model.version} has no feature \`${feature}\``,
        expected: feature,
        found: listed(model.features),
        change: only === undefined ? `take \`${feature}\` out of \`features\`` : `write \`${only}\``,
        ...(near.length === 1 && only !== undefined
          ? { fix: [{ kind: 'set', target: CRATE, path: ['features', index], value: only }] }
          : {}),
      },
    ]
  })
}

const listed = (features: readonly string[]): string =>
  features.length === 0 ? 'no features' : [...features].sort().join(', ')
