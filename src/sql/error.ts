import { FerruleError, nameError } from '../boundary/index.js'

/** Every error of `ferrule/sql`, beside the codes of the boundary. */
export class SqlError extends FerruleError {}
nameError(SqlError, 'SqlError')
