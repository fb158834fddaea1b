/** The TypeScript of a package around its system: how the addon is loaded, what is exported, how it is compiled. */
import type { Package } from '../../ir/ir.js'
import { quote, valueNames } from '../typescript/naming.js'
import { binaryName, json, mark, overrideVariable, systemFolder, type PackageInfo } from './info.js'

export function typescriptFiles(p: Package, info: PackageInfo): [string, string][] {
  const from = quote(`./${systemFolder(p)}/index.js`)
  return [
    ['src/addon.ts', addon(p, info)],
    ['src/index.ts', `// ${mark(p)}\nexport * from ${from}\n`],
    ['src/index.mts', moduleTwin(p)],
    ['tsconfig.json', tsconfig()],
    ['vitest.config.mts', vitestConfig(p)],
    ['.gitignore', `# ${mark(p)}\n/dist/\n/target/\nnode_modules/\n*.node\n*.tgz\n`],
  ]
}

function addon(p: Package, info: PackageInfo): string {
  return `// ${mark(p)}
import { attachAddon } from 'ferrule/boundary'

/** The package's addon, attached to this copy of the package. */
export const boundary = attachAddon({
  packageName: ${quote(info.name)},
  version: ${quote(p.spec.lib.version)},
  binaryName: ${quote(binaryName(info))},
  overrideVariable: ${quote(overrideVariable(info))},
  localFolders: ['../npm'],
  from: __filename,
})
`
}

/** Name by name: a star would take along what CommonJS marks its modules with. */
function moduleTwin(p: Package): string {
  return `// ${mark(p)}
// The same copy for ES modules: objects and errors of both are of the same classes.
export { ${valueNames(p).join(', ')} } from './index.js'
export type * from './index.js'
`
}

function tsconfig(): string {
  return json({
    compilerOptions: {
      target: 'es2022',
      lib: ['es2022', 'esnext.disposable'],
      types: ['node'],
      module: 'node16',
      moduleResolution: 'node16',
      isolatedModules: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noImplicitReturns: true,
      noFallthroughCasesInSwitch: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      declaration: true,
      skipLibCheck: true,
      rootDir: 'src',
      outDir: 'dist',
    },
    include: ['src'],
  })
}

function vitestConfig(p: Package): string {
  return `// ${mark(p)}
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Processes, not threads: a native fault ends the file that caused it.
  test: { include: ['__test__/**/*.test.ts'], pool: 'forks', testTimeout: 60_000 },
})
`
}
