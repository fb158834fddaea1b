/** package.json, and those of the packages that hold a binary each. */
import type { Package } from '../../ir/ir.js'
import { binaryName, json, oneLine, type PackageInfo } from './info.js'
import { platforms, type Platform } from './platforms.js'

const ENGINES = { node: '>=20.20' }

export function manifest(p: Package, info: PackageInfo): string {
  const { version, rustCrate } = p.spec.lib
  const platformPackages = (info.platforms ?? []).map((triple) => [`${info.name}-${triple}`, version])
  return json({
    name: info.name,
    version,
    description: oneLine(info.description) || `The Rust crate ${rustCrate} for Node.`,
    license: spdx(info),
    type: 'commonjs',
    keywords: ['rust', 'native', 'node-api', rustCrate],
    engines: ENGINES,
    main: './dist/index.js',
    types: './dist/index.d.ts',
    exports: {
      '.': {
        import: { types: './dist/index.d.mts', default: './dist/index.mjs' },
        require: { types: './dist/index.d.ts', default: './dist/index.js' },
      },
      './package.json': './package.json',
    },
    files: ['dist', ...info.licenseFiles.map(({ name }) => name)],
    sideEffects: false,
    napi: { binaryName: binaryName(info), packageName: info.name, targets: platforms.map(({ target }) => target) },
    scripts: { build: 'ferrule build', test: 'ferrule test', generate: 'ferrule generate', pack: 'ferrule pack' },
    dependencies: { ferrule: info.ferrule },
    ...(platformPackages.length === 0 ? {} : { optionalDependencies: Object.fromEntries(platformPackages) as unknown }),
    devDependencies: { '@types/node': '^20.19.0', oxfmt: '^0.79.0', typescript: '^5.9.0', vitest: '^4.0.0' },
  })
}

/** `MIT/Apache-2.0`, an old way of writing it, as npm knows it. */
function spdx(info: PackageInfo): string {
  return oneLine(info.license).replace(/\s*\/\s*/g, ' OR ') || 'SEE LICENSE IN README.md'
}

export function platformFiles(p: Package, info: PackageInfo): [string, string][] {
  return platforms.flatMap((platform) => [
    [`npm/${platform.triple}/package.json`, platformManifest(p, info, platform)],
    [`npm/${platform.triple}/README.md`, platformReadme(info, platform)],
  ])
}

function platformManifest(p: Package, info: PackageInfo, { triple, os, cpu, libc }: Platform): string {
  const binary = `${binaryName(info)}.${triple}.node`
  return json({
    name: `${info.name}-${triple}`,
    version: p.spec.lib.version,
    description: `The native binary of ${info.name} for ${triple}.`,
    license: spdx(info),
    engines: ENGINES,
    main: binary,
    files: [binary, ...info.licenseFiles.map(({ name }) => name)],
    os: [os],
    cpu: [cpu],
    ...(libc === undefined ? {} : { libc: [libc] }),
    // Yarn keeps packages inside zip files, which no dynamic loader can open.
    preferUnplugged: true,
  })
}

function platformReadme(info: PackageInfo, { triple, target }: Platform): string {
  return `# ${info.name}-${triple}

The native binary of \`${info.name}\` for \`${triple}\` (Rust target \`${target}\`). It is installed as an optional dependency of
\`${info.name}\` and is of no use alone.
`
}
