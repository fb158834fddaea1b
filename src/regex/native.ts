import type { ExpectedContract } from '../boundary/index.js'
// <contract>
const contract: ExpectedContract = {
  system: 'regex',
  apiVersion: 1,
  digest: 'cbf29ce484222325',
  items: [
  ],
}
// </contract>
export { contract }
