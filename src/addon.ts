import packageJson from '../package.json' with { type: 'json' }
import { attachAddon } from './boundary/index.js'

/** ferrule's own addon, attached to this copy of the package. Loaded by the first system that is imported. */
export const boundary = attachAddon({
  packageName: 'ferrule',
  version: packageJson.version,
  binaryName: 'ferrule',
  overrideVariable: 'FERRULE_NATIVE_PATH',
  localFolders: ['../../npm'],
})
