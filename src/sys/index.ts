/** What a network service asks its system: who a process is, what the processor can, what time it is, what /proc says. */
export { cpuid, type Cpuid } from './cpuid.js'
export { SysError } from './error.js'
export { Epoll, Events, fromEpoll, toEpoll } from './events.js'
export { clientIdentity, commonIdentity, isNewer, matchIdentity, serverIdentity, type Identity } from './identity.js'
export { logPrefix, type LogMoment } from './log-prefix.js'
export {
  pageSize,
  parseMeminfo,
  parseStatm,
  readMeminfo,
  readStatm,
  type ParseStatmOptions,
  type ProcessMemory,
  type StatmOptions,
  type SystemMemory,
} from './memory.js'
export type { ClockName, Match } from './native.js'
export { parseProcessStat, readProcessStat, type ProcessStat } from './process-stat.js'
export { pickSize, waitMilliseconds } from './rounding.js'
export {
  cachedTime,
  clockTime,
  fixedToSeconds,
  lastMonotonicTime,
  lastPreciseTime,
  monotonicTime,
  preciseTime,
  ticks,
  type MonotonicMoment,
  type PreciseMoment,
} from './time.js'
