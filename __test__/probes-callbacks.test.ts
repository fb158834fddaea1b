import { callbacks } from './probes/endings/callbacks.js'
import { describeProbes } from './probes/probe.js'

describeProbes('a callback', callbacks)
