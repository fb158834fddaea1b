// node scripts/pack.mjs --out <folder> [--triple <triple>]…
//
// Packs the main package and the platform packages as they are published. Each is assembled in target/package/ first:
// the manifest in the repository serves development (no scripts, tools or overrides of ours belong in a published one),
// and it must not name platform packages before they exist, or `npm ci` would fail on a fresh clone.
//
// Without --triple every platform is packed and has to be built; with it only those are, and the main package depends on
// no others. Prints the paths of the tarballs as JSON.
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { stageBoundaryCrates } from './boundary-crates.mjs'
import { at, npm, read, readJson } from './project.mjs'
import { platforms } from './platforms.mjs'

const { values } = parseArgs({
  options: { out: { type: 'string' }, triple: { type: 'string', multiple: true } },
})
const out = resolve(values.out ?? at('target', 'package'))
mkdirSync(out, { recursive: true })
const triples = values.triple ?? platforms.map(({ triple }) => triple)
const licences = ['LICENSE-MIT', 'LICENSE-APACHE', 'THIRD-PARTY-LICENSES.md']
const stages = join(out, `stage-${process.pid}`)

try {
  const tarballs = Object.fromEntries([
    ['ferrule', pack(stageMain())],
    ...triples.map((t) => [`ferrule-${t}`, pack(stagePlatform(t))]),
  ])
  console.log(JSON.stringify(tarballs, null, 2))
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
} finally {
  rmSync(stages, { recursive: true, force: true })
}

function stageMain() {
  const {
    name,
    version,
    description,
    license,
    type,
    keywords,
    engines,
    main,
    types,
    bin,
    typesVersions,
    exports,
    files,
    sideEffects,
    dependencies,
  } = readJson(at('package.json'))
  const stage = join(stages, name)
  mkdirSync(stage, { recursive: true })
  for (const path of [...files, ...(existsSync(at('README.md')) ? ['README.md'] : [])]) {
    if (!existsSync(at(path)))
      throw new Error(`${path} belongs in the package and is missing: run \`npm run build\` first`)
    cpSync(at(path), join(stage, path), { recursive: true })
  }
  stageBoundaryCrates(stage)
  const manifest = {
    ...{
      name,
      version,
      description,
      license,
      ...repository(),
      type,
      keywords,
      engines,
      main,
      types,
      bin,
      typesVersions,
      exports,
      files: [...files, 'crates'],
    },
    ...{ sideEffects, dependencies },
    optionalDependencies: Object.fromEntries(triples.map((triple) => [`ferrule-${triple}`, version])),
  }
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return stage
}

function stagePlatform(triple) {
  const source = at('npm', triple)
  const manifest = readJson(join(source, 'package.json'))
  const stage = join(stages, manifest.name)
  mkdirSync(stage, { recursive: true })
  if (!existsSync(join(source, manifest.main)))
    throw new Error(`npm/${triple}/${manifest.main} is missing: it has not been built`)
  for (const file of [manifest.main, 'README.md']) copyFileSync(join(source, file), join(stage, file))
  for (const file of licences) copyFileSync(at(file), join(stage, file))
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify({ ...manifest, ...repository() }, null, 2)}\n`)
  return stage
}

/** Provenance ties a package to the repository whose workflow built it; only that workflow knows its address. */
function repository() {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env
  return server && name ? { repository: { type: 'git', url: `git+${server}/${name}.git` } } : {}
}

function pack(stage) {
  const [{ filename }] = JSON.parse(
    read(...npm('pack', '--json', '--ignore-scripts', '--pack-destination', out), { cwd: stage }),
  )
  return join(out, filename)
}
