import { FerruleError, nameError } from '../boundary/index.js'

/** Every error of `ferrule/http`, beside the codes of the boundary. */
export class HttpError extends FerruleError {}
nameError(HttpError, 'HttpError')
