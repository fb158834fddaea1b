import { panics } from './probes/endings/panics.js'
import { describeProbes } from './probes/probe.js'

describeProbes('a panic', panics)
