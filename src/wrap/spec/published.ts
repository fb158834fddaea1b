/** What is generated from the description of specs, by path in the repository. */
import { specPage } from './page.js'
import { specSchema } from './schema.js'

export const published = (): ReadonlyMap<string, string> =>
  new Map([
    ['docs/spec.md', specPage()],
    ['schema/ferrule-spec.schema.json', specSchema()],
  ])
