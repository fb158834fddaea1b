import { relative } from 'node:path'
import type { CrateModel } from '../model/model.js'
import type { ScanOptions } from '../scan/scan.js'
import type { SpecDraft } from '../spec/draft.js'
import { writeSpec } from '../spec/write.js'
import type { CrateRequest } from './crate.js'
import { scanned } from './scanned.js'

/**
 * The scanner's spec for a crate, with the features it was read with.
 *
 * @param specFolder Where the spec will lie: it names a crate's folder from there.
 */
export function proposeDraft(
  model: CrateModel,
  request: CrateRequest,
  specFolder: string,
  options: ScanOptions = {},
): SpecDraft {
  const draft = scanned(model, options.pairs ?? 'all', options.unkept)
  return {
    ...draft,
    lib: { ...draft.lib, ...(request.path === undefined ? {} : { cratePath: pathFrom(specFolder, request.path) }) },
    crate: {
      ...draft.crate,
      ...(request.features === undefined ? {} : { features: request.features }),
      ...(request.defaultFeatures === undefined ? {} : { defaultFeatures: request.defaultFeatures }),
    },
  }
}

export const proposeSpec = (
  model: CrateModel,
  request: CrateRequest,
  specFolder: string,
  options: ScanOptions = {},
): string => writeSpec(proposeDraft(model, request, specFolder, options))

const pathFrom = (folder: string, path: string): string => relative(folder, path).replaceAll('\\', '/')
