import { FerruleError, nameError } from '../boundary/index.js'

/** Every error of `ferrule/fs`, beside the codes of the boundary. */
export class FsError extends FerruleError {}
nameError(FsError, 'FsError')
