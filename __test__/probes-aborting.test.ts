import { aborting } from './probes/endings/aborting.js'
import { describeProbes } from './probes/probe.js'

describeProbes('a signal or deadline', aborting)
