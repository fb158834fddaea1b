/**
 * What a package on ferrule's boundary stands on. Packages made by the generator import it as `ferrule/boundary`; an
 * application needs only `ferrule` and the systems.
 */
export { attachAddon, Boundary } from './attach.js'
export { contract as boundaryContract, type BoundaryNative } from './native.js'
export { checkedTimeout, type CallOptions, type SyncCallOptions } from './calls.js'
export {
  checkContract,
  type DifferentialReport,
  type ExpectedContract,
  type OperationGroup,
  type SystemContract,
} from './contract.js'
export { crossing } from './crossing.js'
export { type Diagnostics } from './diagnostics.js'
export {
  FerruleError,
  invalidArgument,
  isFerruleError,
  nameError,
  type ErrorCode,
  type ErrorFields,
  type FerruleErrorClass,
} from './errors.js'
export { JsonFault, jsonText } from './json.js'
export { boundaryAbi, loadAddon, type LoadedAddon, type LoadOptions } from './load.js'
export { ItemIterator, NativeIterator } from './iterator.js'
export { LOG_CHANNEL, type LogEvent, type LogLevel } from './log.js'
export type { PublicNames } from './names.js'
export { isNativeObject, NativeObject, RunningObject } from './object.js'
export { ItemStream, type ItemSource } from './item-stream.js'
export type { Scalar, Scalars } from './scalars.js'
export { pulled, type Source } from './stream.js'
export { isThenable } from './thenable.js'
export { lengthAt, longAt } from './words.js'
