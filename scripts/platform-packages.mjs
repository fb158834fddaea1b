// node scripts/platform-packages.mjs [--check]
//
// Writes npm/<triple>/package.json and README.md from the list in platforms.mjs, so that eight packages never drift
// apart from each other or from the main package's version.
import { existsSync, readFileSync } from 'node:fs'
import { at, place, readJson } from './project.mjs'
import { platforms } from './platforms.mjs'

const check = process.argv.includes('--check')
const main = readJson(at('package.json'))

/** The only platform the whole test suite has run on. Said in each README, so that nobody has to find out. */
const tested = 'linux-x64-gnu'

const stale = platforms.flatMap((platform) =>
  [
    [at('npm', platform.triple, 'package.json'), packageOf(platform)],
    [at('npm', platform.triple, 'README.md'), readmeOf(platform)],
  ].flatMap(([path, text]) => {
    if (!check) return place(path, text) ? [path] : []
    return existsSync(path) && readFileSync(path, 'utf8') === text ? [] : [path]
  }),
)
if (check && stale.length > 0) {
  console.error(`out of date: ${stale.join(', ')}\nrun \`node scripts/platform-packages.mjs\` and commit the result`)
  process.exitCode = 1
}

function packageOf({ triple, os, cpu, libc }) {
  const binary = `ferrule.${triple}.node`
  return `${JSON.stringify(
    {
      name: `ferrule-${triple}`,
      version: main.version,
      description: `The native binary of ferrule for ${triple}.`,
      license: main.license,
      engines: main.engines,
      main: binary,
      files: [binary, 'LICENSE-MIT', 'LICENSE-APACHE', 'THIRD-PARTY-LICENSES.md'],
      os: [os],
      cpu: [cpu],
      ...(libc ? { libc: [libc] } : {}),
      // Yarn keeps packages inside zip files, which no dynamic loader can open.
      preferUnplugged: true,
    },
    null,
    2,
  )}\n`
}

function readmeOf({ triple, target }) {
  return `# ferrule-${triple}

The native binary of ferrule for \`${triple}\` (Rust target \`${target}\`).
It is installed as an optional dependency of \`ferrule\` and is of no use alone.

${glibc(triple)}${
    triple === tested
      ? 'It has passed the whole test suite.'
      : `**Not run by us yet.** The release workflow builds this binary; the test suite has so far run on \`${tested}\` only.`
  }
`
}

/** How old a system may be: the C library each glibc binary is linked against. */
function glibc(triple) {
  const oldest = { 'linux-x64-gnu': '2.17', 'linux-arm64-gnu': '2.35, that of the machine that builds it' }[triple]
  return oldest === undefined ? '' : `It is linked against glibc ${oldest}.\n\n`
}
