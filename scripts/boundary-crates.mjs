// The boundary's crates as sources inside the npm package: a package made by `ferrule wrap` compiles them with its own addon,
// so nothing else has to be published. In the repository they belong to a workspace; here that is resolved.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { at } from './project.mjs'

const crates = ['core', 'node']

/** Puts the crates into `stage`/crates. */
export function stageBoundaryCrates(stage) {
  const workspace = sectionsOf(readFileSync(at('Cargo.toml'), 'utf8'))
  for (const crate of crates) {
    const destination = join(stage, 'crates', crate)
    mkdirSync(destination, { recursive: true })
    cpSync(at('crates', crate, 'src'), join(destination, 'src'), { recursive: true })
    const manifest = readFileSync(at('crates', crate, 'Cargo.toml'), 'utf8')
    writeFileSync(join(destination, 'Cargo.toml'), standaloneManifest(manifest, workspace))
  }
}

/** A member's Cargo.toml with what it takes from the workspace written out, and without what only its own tests need. */
export function standaloneManifest(manifest, workspace) {
  const lines = []
  let section = ''
  for (const line of manifest.trimEnd().split('\n')) {
    section = /^\[(.+)\]$/.exec(line)?.[1] ?? section
    if (section === 'dev-dependencies' || section.includes('ferrule_loom')) continue
    const inherited = /^([\w-]+)\.workspace = true$/.exec(line)?.[1]
    if (line === '[lints]') lines.push('[lints.rust]')
    else if (section === 'lints' && line === 'workspace = true') lines.push(checkedConfigurations(workspace))
    else if (inherited === undefined) lines.push(line)
    else if (section === 'package')
      lines.push(`${inherited} = ${inheritedValue(workspace, 'workspace.package', inherited)}`)
    else lines.push(`${inherited} = ${besides(inheritedValue(workspace, 'workspace.dependencies', inherited))}`)
  }
  return `${lines.join('\n')}\n`
}

/** By section: the value of each key, as written. */
function sectionsOf(manifest) {
  const sections = new Map()
  let section
  for (const line of manifest.split('\n')) {
    const name = /^\[(.+)\]$/.exec(line)?.[1]
    if (name !== undefined) sections.set(name, (section = new Map()))
    const pair = /^([\w-]+) = (.+)$/.exec(line)
    if (pair !== null) section?.set(pair[1], pair[2])
  }
  return sections
}

function inheritedValue(workspace, section, key) {
  const value = workspace.get(section)?.get(key)
  if (value === undefined) throw new Error(`Cargo.toml has no ${key} in [${section}]`)
  return value
}

/** A crate of ours lies beside this one in the package, too. */
const besides = (value) => value.replace(/path = "crates\/([\w-]+)"/, 'path = "../$1"')

/** The one lint that would warn a package's author of something in our sources. */
const checkedConfigurations = (workspace) =>
  `unexpected_cfgs = ${inheritedValue(workspace, 'workspace.lints.rust', 'unexpected_cfgs')}`
