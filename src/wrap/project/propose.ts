import type { CrateModel } from '../model/model.js'
import { scan } from '../scan/scan.js'
import type { SpecDraft } from '../spec/draft.js'
import { writeSpec } from '../spec/write.js'
import type { CrateRequest } from './crate.js'

/** The scanner's spec for a crate, with the features it was read with. */
export function proposeDraft(model: CrateModel, request: CrateRequest): SpecDraft {
  const draft = scan(model)
  return {
    ...draft,
    lib: { ...draft.lib, ...(request.path === undefined ? {} : { cratePath: request.path }) },
    crate: {
      ...draft.crate,
      ...(request.features === undefined ? {} : { features: request.features }),
      ...(request.defaultFeatures === undefined ? {} : { defaultFeatures: request.defaultFeatures }),
    },
  }
}

export const proposeSpec = (model: CrateModel, request: CrateRequest): string => writeSpec(proposeDraft(model, request))
