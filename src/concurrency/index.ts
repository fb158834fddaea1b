/** Queues and jobs that the threads of a process share. */
export type { CallOptions, SyncCallOptions } from '../boundary/index.js'
export { ConcurrencyError } from './error.js'
export { Job, JobHolder, JobReference, type JobOptions, type JobRun } from './job.js'
export { Notifier } from './notifier.js'
export { Queue, type QueueOptions } from './queue.js'
