/**
 * `npm run bench:wrap [-- <crate>… | --blind <crate>…]`: wraps each crate as a user would, into an empty folder, with nothing edited,
 * runs its README's example against the package (readme.mjs), and keeps what came of it in bench/wrap/reports/, with a table over
 * all in bench/wrap/README.md. `--blind` marks crates that the generator had never seen when they were picked.
 *
 * One target folder serves all, so that what they share compiles once: the times in a report say little, the counts are exact.
 * `--quick` builds without optimisation besides.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CRATES, DESKTOP_CRATES, FEATURES } from './crates.mjs'
import { runReadme } from './readme.mjs'
import { tableOf } from './table.mjs'

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url))
const REPORTS = fileURLToPath(new URL('reports/', import.meta.url))
/** What only this machine's disk has. */
const PLACES = [
  [REPOSITORY, '<repository>/'],
  [process.env.CARGO_HOME ?? join(homedir(), '.cargo'), '<cargo>'],
  [homedir(), '<home>'],
]
const CLI = join(REPOSITORY, 'dist/wrap/cli.js')

const UNOPTIMISED = {
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_OPT_LEVEL: '0',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    blind: { type: 'boolean', default: false },
    /** Packages stay in this folder, by the crate's name. */
    keep: { type: 'string' },
    /** Builds without optimisation: the same items and tests in a third of the time. The report says so. */
    quick: { type: 'boolean', default: false },
  },
})
if (!existsSync(CLI)) throw new Error(`${CLI} is missing: run \`npm run build\` first`)
mkdirSync(REPORTS, { recursive: true })

for (const crate of positionals.length > 0 ? positionals : [...CRATES, ...DESKTOP_CRATES]) {
  const report = DESKTOP_CRATES.includes(crate) ? scan(crate) : wrap(crate)
  writeFileSync(join(REPORTS, `${crate}.json`), `${JSON.stringify(report, null, 2)}\n`)
  console.log(
    report.ok ? `${crate}: ${report.items} items` : `${crate}: ${report.failure?.split('\n')[0] ?? 'tests fail'}`,
  )
}
writeFileSync(new URL('README.md', import.meta.url), tableOf(readReports()))

function wrap(crate) {
  const folder = mkdtempSync(join(tmpdir(), 'ferrule-wrap-'))
  const destination = join(folder, 'package')
  const features = FEATURES[crate]
  const options = features === undefined ? [] : ['--features', features.join(',')]
  try {
    const { stdout, stderr, status, error } = ferrule(
      ['wrap', crate, '--json', ...options, '--out', destination],
      folder,
    )
    const blind = values.blind
    if (status === 0 || status === 1) {
      const result = shortened(JSON.parse(stdout), folder)
      const readme = runReadme(crate, destination)
      if (values.keep !== undefined) {
        const kept = resolve(values.keep, crate)
        rmSync(kept, { recursive: true, force: true })
        cpSync(destination, kept, { recursive: true, verbatimSymlinks: true })
      }
      return {
        ...result,
        blind,
        ...(values.quick ? { quick: true } : {}),
        ...(features === undefined ? {} : { features }),
        ...(readme === undefined ? {} : { readme }),
      }
    }
    return {
      ok: false,
      crate,
      blind,
      status,
      failure: withoutPaths(error?.message ?? failureOf(stdout, stderr), folder),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a spec of the crate would be: how far the scanner gets. */
function scan(crate) {
  const folder = mkdtempSync(join(tmpdir(), 'ferrule-scan-'))
  try {
    const { stdout, stderr, status, error } = ferrule(['scan', crate, '--json'], folder)
    if (status !== 0) {
      const failure = withoutPaths(error?.message ?? failureOf(stdout, stderr), folder)
      return { ok: false, crate, scanned: true, blind: false, status, failure }
    }
    const { version, items, leftOut } = JSON.parse(stdout)
    return { ok: true, crate, scanned: true, blind: false, version, items, leftOut }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function ferrule(args, folder) {
  return spawnSync(process.execPath, [CLI, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 90 * 60_000,
    env: { ...process.env, CARGO_TARGET_DIR: join(REPOSITORY, 'target/wrap'), ...(values.quick ? UNOPTIMISED : {}) },
  })
}

/** The report without what only this machine's disk has. */
function shortened(report, folder) {
  return { ...JSON.parse(withoutPaths(JSON.stringify(report), folder)), folder: undefined, tarballs: undefined }
}

function failureOf(stdout, stderr) {
  try {
    const { message, wayOut } = JSON.parse(stdout)
    return [message ?? stdout, ...(wayOut === undefined ? [] : [`What to do: ${wayOut}`])].join('\n')
  } catch {
    return (stderr || stdout).trim().slice(-4000)
  }
}

function withoutPaths(text, folder) {
  const named = [...PLACES, [folder, '<folder>']].reduce((rest, [place, name]) => rest.replaceAll(place, name), text)
  return named.replaceAll(/<cargo>\/registry\/src\/[^/]+\//g, '<cargo>/')
}

function readReports() {
  return readdirSync(REPORTS)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(REPORTS, file), 'utf8')))
}
