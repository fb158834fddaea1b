// TypeScript to dist/: one CommonJS file per unit, a thin ES module per public entry, and the declarations.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { at, binOf, place, readJson, run } from '../project.mjs'

/** Every file below `folder`, as paths relative to it with forward slashes. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => statSync(join(folder, path)).isFile())
}

/** The public entries, e.g. `index`, `regex/index`: what package.json's `exports` promises. */
export function publicEntries() {
  return Object.values(readJson(at('package.json')).exports).flatMap((target) => {
    const file = target?.import?.default
    return file === undefined ? [] : [file.replace(/^\.\/dist\//, '').replace(/\.mjs$/, '')]
  })
}

/** Writes dist/ and removes from it what no source stands for any more. Throws on a type error, after writing. */
export async function buildTypeScript() {
  const wanted = new Set()
  const emitted = new Map()
  const emit = (path, content) => {
    wanted.add(path)
    emitted.set(path, content)
    place(at('dist', path), content)
  }
  await emitJavaScript(emit)
  await emitCommand(emit)
  for (const entry of publicEntries()) {
    if (!existsSync(at('src', `${entry}.ts`)))
      throw new Error(`package.json exports ${entry}, but src/${entry}.ts is missing`)
    const file = `./${entry.split('/').at(-1)}.js`
    emit(`${entry}.mjs`, moduleTwin(file, exportedNames(emitted.get(`${entry}.js`))))
    emit(`${entry}.d.mts`, `export * from '${file}'\n`)
  }
  emitDeclarations(emit)
  for (const path of filesBelow(at('dist'))) {
    if (!wanted.has(path)) rmSync(at('dist', path))
  }
}

/**
 * The ES module for Node: `export *` would have Node scan the CommonJS file for its exports, which costs more than all the
 * rest of an import. Bundlers, which cannot follow `createRequire`, take the CommonJS file itself by the `module` condition.
 */
function moduleTwin(file, names) {
  const reserved = names.filter((name) => name.endsWith(RESERVED)).map((name) => name.slice(0, -RESERVED.length))
  const plain = names.filter((name) => !name.endsWith(RESERVED))
  return [
    `import { createRequire } from 'node:module'`,
    `const exported = createRequire(import.meta.url)('${file}')`,
    `export const { ${plain.join(', ')} } = exported`,
    // Words of the language, such as `delete`, are names of exports but not of variables.
    ...reserved.flatMap((name) => [`const _${name} = exported.${name}`, `export { _${name} as ${name} }`]),
    ``,
  ].join('\n')
}

/** What stands behind a reserved word in the list that esbuild leaves. */
const RESERVED = ': null'

/** What a CommonJS file of esbuild's exports, by the list it leaves for scanners. */
function exportedNames(code) {
  const list = /^0 && \(module\.exports = \{([^}]*)\}\)/m.exec(code)?.[1]
  if (list === undefined) throw new Error('esbuild left no list of exports in a public entry')
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/**
 * One file per unit rather than per source: opening a file costs Node about 0.3 ms, and an import of ferrule would open
 * twenty. A unit is a folder with an index.ts, or a file directly in src/. Units stay apart, so that `ferrule` and
 * `ferrule/regex` share one copy of the boundary and its error classes.
 */
async function emitJavaScript(emit) {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    absWorkingDir: at(),
    entryPoints: unitEntries().map((source) => at('src', source)),
    outbase: at('src'),
    outdir: at('dist'),
    bundle: true,
    packages: 'external',
    plugins: [unitsStayApart, onlyTheVersionOfTheManifest],
    format: 'cjs',
    platform: 'node',
    target: 'node20.20',
    charset: 'utf8',
    write: false,
  })
  for (const file of outputFiles) {
    emit(relative(at('dist'), file.path).replaceAll('\\', '/'), withoutRequireOfBuiltins(file.text))
  }
}

/** The command's own folder: development only, so nothing else imports it and it imports no unit's output. */
const isOfCommand = (source) => source.startsWith('wrap/')

/**
 * The command `ferrule`, one file with the parsers it needs inside, so that the package's users install none of them. The
 * TypeScript compiler and oxfmt are large, and the wrapped package's own are the right ones: they are found at run time.
 */
async function emitCommand(emit) {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    absWorkingDir: at(),
    entryPoints: [at('src', 'wrap', 'cli.ts')],
    outbase: at('src'),
    outdir: at('dist'),
    bundle: true,
    external: ['typescript', 'oxfmt', 'detect-libc'],
    plugins: [onlyTheVersionOfTheManifest],
    format: 'cjs',
    platform: 'node',
    target: 'node20.20',
    charset: 'utf8',
    write: false,
  })
  for (const file of outputFiles) emit(relative(at('dist'), file.path).replaceAll('\\', '/'), file.text)
}

/** The file in dist/ that a source in src/ ends up in. */
const unitOf = (source) => (source.includes('/') ? `${source.split('/')[0]}/index.js` : source.replace(/\.ts$/, '.js'))

/** The sources that stand for their unit. */
function unitEntries() {
  return filesBelow(at('src')).filter(
    (source) => source.endsWith('.ts') && !isOfCommand(source) && unitOf(source) === source.replace(/ts$/, 'js'),
  )
}

const unitsStayApart = {
  name: 'units stay apart',
  setup({ onResolve }) {
    const inSources = (path) => relative(at('src'), path).replaceAll('\\', '/')
    const entries = unitEntries()
    onResolve({ filter: /^\..*\.js$/ }, ({ path, importer, resolveDir, kind }) => {
      if (kind === 'entry-point') return undefined
      const source = inSources(importer)
      const target = inSources(join(resolveDir, path)).replace(/\.js$/, '.ts')
      const unit = unitOf(target)
      if (unit === unitOf(source)) return undefined
      if (!entries.includes(target)) {
        return {
          errors: [{ text: `src/${source} must not reach into src/${target}: import it from src/${unit} instead` }],
        }
      }
      const link = relative(dirname(unitOf(source)), unit).replaceAll('\\', '/')
      return { path: link.startsWith('.') ? link : `./${link}`, external: true }
    })
  },
}

/** Sources read the version from package.json; the rest of that file is for package managers. */
const onlyTheVersionOfTheManifest = {
  name: 'only the version of the manifest',
  setup({ onLoad }) {
    onLoad({ filter: /package\.json$/ }, () => {
      const { version } = readJson(at('package.json'))
      return { contents: JSON.stringify({ version }), loader: 'json' }
    })
  },
}

/**
 * Node's own modules by `process.getBuiltinModule` instead of `require`: inside an ES-module bundle a CommonJS file has
 * no `require`, and this lets a user bundle ferrule in that format without a shim.
 */
function withoutRequireOfBuiltins(code) {
  return code.replace(/\brequire\("(node:[^"]+)"\)/g, 'process.getBuiltinModule("$1")')
}

function emitDeclarations(emit) {
  mkdirSync(at('target'), { recursive: true })
  const scratch = mkdtempSync(at('target', 'declarations-'))
  let failure
  try {
    run(process.execPath, [binOf('typescript', 'tsc'), '--project', at('tsconfig.build.json'), '--outDir', scratch])
  } catch (error) {
    failure = error
  }
  for (const path of filesBelow(scratch)) {
    emit(path, withDisposableTypes(readFileSync(join(scratch, path), 'utf8')))
  }
  rmSync(scratch, { recursive: true })
  if (failure) throw failure
}

/**
 * A consumer with `lib: ["es2022"]` has no types for `Symbol.dispose`, though every Node we support has the symbol: a
 * declaration that uses them asks for them itself.
 */
function withDisposableTypes(declaration) {
  if (!/\bSymbol\.(asyncDispose|dispose)\b|\b(Async)?Disposable\b/.test(declaration)) return declaration
  if (declaration.includes('lib="esnext.disposable"')) return declaration
  return `/// <reference lib="esnext.disposable" />\n${declaration}`
}
