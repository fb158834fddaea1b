import { termination } from './probes/endings/termination.js'
import { describeProbes } from './probes/probe.js'

describeProbes('a Worker ended from outside', termination)
