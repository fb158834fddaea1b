/** The Rust side of a package around its glue: Cargo.toml, build.rs, src/lib.rs. */
import { posix } from 'node:path'
import type { Package } from '../../ir/ir.js'
import { hasCells } from '../rust/cells.js'
import { usesOf } from '../rust/uses.js'
import { mark, systemFolder, type PackageInfo } from './info.js'

export function cargoFiles(p: Package, info: PackageInfo): [string, string][] {
  return [
    ['Cargo.toml', cargoToml(p, info)],
    ['build.rs', buildScript(p)],
    ['src/lib.rs', library(p)],
  ]
}

function cargoToml(p: Package, info: PackageInfo): string {
  const { lib, crate } = p.spec
  const dependencies: Record<string, string> = {
    'ferrule-node': table({
      path: text(info.ferruleNodePath ?? 'node_modules/ferrule/crates/node'),
      ...(usesOf(p).json ? { features: '["json"]' } : {}),
    }),
    [lib.rustCrate]: wrapped(p, info),
  }
  // Objects that borrow are kept with what they borrow from.
  if (hasCells(p)) dependencies['yoke'] = table({ version: text('0.8.4'), features: '["derive"]' })
  const more = { ...crate.dependencies, ...info.cargoDependencies }
  for (const [name, version] of Object.entries(more)) dependencies[name] ??= text(version)
  return `# ${mark(p)}
[package]
name = ${text(`${lib.name}-addon`)}
# The package refuses a binary of another version than its own.
version = ${text(lib.version)}
edition = "2024"
publish = false

[lib]
name = ${text(`${lib.name.replaceAll('-', '_')}_addon`)}
path = "src/lib.rs"
crate-type = ["cdylib"]
# Node-API symbols exist only inside Node: this library is tested from there.
test = false
doctest = false

[dependencies]
${Object.keys(dependencies)
  .sort()
  .map((name) => `${key(name)} = ${dependencies[name] ?? '""'}`)
  .join('\n')}

[build-dependencies]
napi-build = "2.6"

# A workspace of its own, wherever the package lies; the boundary's crates are in none, or in their own.
[workspace]
exclude = ["node_modules"]

[profile.release]
lto = "fat"
codegen-units = 1
panic = "unwind"
strip = "symbols"

[profile.dev]
panic = "unwind"
debug = "line-tables-only"
`
}

/** The wrapped crate: exactly the version that the spec was verified against. */
function wrapped(p: Package, info: PackageInfo): string {
  const { lib, crate } = p.spec
  // The spec says the folder from where it lies itself, cargo wants it from its own file.
  const source =
    lib.cratePath === undefined
      ? { version: text(`=${info.crateVersion}`) }
      : {
          path: text(
            posix.isAbsolute(lib.cratePath) ? lib.cratePath : posix.join('src', systemFolder(p), lib.cratePath),
          ),
        }
  return table({
    ...source,
    ...(crate.defaultFeatures ? {} : { 'default-features': 'false' }),
    ...(crate.features.length === 0 ? {} : { features: `[${crate.features.map(text).join(', ')}]` }),
  })
}

const table = (entries: Readonly<Record<string, string>>): string =>
  `{ ${Object.entries(entries)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')} }`

/** A basic string of TOML: JSON's escapes are among its own. */
const text = (value: string): string => JSON.stringify(value).replaceAll('\u007f', '\\u007f')

const key = (name: string): string => (/^[\w-]+$/.test(name) ? name : text(name))

function buildScript(p: Package): string {
  return `// ${mark(p)}
//! Link flags Node addons need on each platform, and the one build setting the boundary depends on.

fn main() {
    napi_build::setup();
    // A panic must unwind into the trampoline to become ERR_PANIC; with \`abort\` it would end the host's process.
    if std::env::var("CARGO_CFG_PANIC").as_deref() == Ok("abort") {
        println!("cargo::error=this package needs panic = \\"unwind\\" in the build profile; found \\"abort\\"");
    }
}
`
}

function library(p: Package): string {
  return `// ${mark(p)}
//! The addon: one system.

#[path = ${JSON.stringify(`${systemFolder(p)}/glue.rs`)}]
mod glue;

::ferrule_node::addon! { ${JSON.stringify(p.system)} => glue::register }
`
}
