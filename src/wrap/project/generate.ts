/** Everything that is generated from a spec, as texts by path. */
import { translateExamples } from '../examples/translate.js'
import { withCrateDocs } from '../generate/documentation.js'
import { emitPackageFiles } from '../generate/package.js'
import { mark } from '../generate/package/info.js'
import { emitGlue } from '../generate/rust.js'
import { emitIndex, emitNative, OWN_LAYOUT, PACKAGE_LAYOUT } from '../generate/typescript.js'
import type { Package } from '../ir/ir.js'
import type { CrateModel } from '../model/model.js'
import { formatFiles, type FormatContext } from '../tools/format.js'
import { packageInfo } from './info.js'

export interface Generated {
  /** By path from the package's folder, formatted. */
  readonly files: ReadonlyMap<string, string>
  /** Assertions of the crate's documentation that became tests, and those that did not, by reason. */
  readonly examples: { readonly translated: number; readonly untranslated: ReadonlyMap<string, number> }
}

/** Where the glue is, as cargo names it too. */
export const gluePath = (p: Package): string => `src/${p.spec.lib.name}/glue.rs`

/** Deterministic: the same spec and crate give the same bytes. */
export async function generate(bare: Package, model: CrateModel, context: FormatContext): Promise<Generated> {
  const p = withCrateDocs(bare, model)
  const folder = `src/${p.spec.lib.name}`
  const examples = translateExamples(model, p)
  const files = new Map([
    ...emitPackageFiles(p, packageInfo(p, model)),
    [gluePath(p), emitGlue(p)] as const,
    [`${folder}/native.ts`, marked(p, emitNative(p))] as const,
    [`${folder}/index.ts`, marked(p, emitIndex(p))] as const,
    ...(examples.translated > 0 ? [['__test__/examples.test.ts', marked(p, examples.tests)] as const] : []),
  ])
  return {
    files: await formatFiles(files, context),
    examples: { translated: examples.translated, untranslated: examples.untranslated },
  }
}

/**
 * Only what is between the crate and an API that is written by hand: `api: handwritten`. It follows from the spec alone.
 *
 * @param own whether this is one of ferrule's own systems.
 */
export async function generateBinding(p: Package, own: boolean, context: FormatContext): Promise<Generated> {
  const layout = own ? OWN_LAYOUT : PACKAGE_LAYOUT
  const files = new Map([
    [gluePath(p), emitGlue(p)],
    [`src/${p.spec.lib.name}/native.ts`, marked(p, emitNative(p, undefined, layout))],
  ])
  return { files: await formatFiles(files, context), examples: { translated: 0, untranslated: new Map() } }
}

const marked = (p: Package, text: string): string => `// ${mark(p)}\n${text}`
