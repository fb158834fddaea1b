/** Every file of a package beside its glue, native.ts and index.ts. */
import type { Package } from '../ir/ir.js'
import { emitDocs } from './docs.js'
import { cargoFiles } from './package/cargo.js'
import { mark, systemFolder, type PackageInfo } from './package/info.js'
import { manifest, platformFiles } from './package/manifest.js'
import { readme } from './package/readme.js'
import { typescriptFiles } from './package/typescript-files.js'
import { releaseWorkflow } from './package/workflow.js'
import { emitTests } from './tests.js'
import { emitSupport } from './typescript.js'

export { binaryName, overrideVariable, systemFolder, type PackageInfo } from './package/info.js'

/** By path from the package's folder, forward slashes. */
export function emitPackageFiles(p: Package, info: PackageInfo): Map<string, string> {
  const folder = systemFolder(p)
  return new Map<string, string>([
    ['package.json', manifest(p, info)],
    ...cargoFiles(p, info),
    ...typescriptFiles(p, info),
    ...[...emitSupport(p)].map(([name, text]): [string, string] => [`src/${folder}/${name}`, `// ${mark(p)}\n${text}`]),
    ['README.md', readme(p, info)],
    [`docs/${folder}.md`, emitDocs(p, info)],
    [`__test__/${folder}.test.ts`, emitTests(p)],
    ...info.licenseFiles.map(({ name, text }): [string, string] => [name, text]),
    ...platformFiles(p, info),
    ['.github/workflows/release.yml', releaseWorkflow(p, info)],
  ])
}
