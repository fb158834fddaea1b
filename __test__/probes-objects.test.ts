import { objects } from './probes/endings/objects.js'
import { describeProbes } from './probes/probe.js'

describeProbes('an object', objects)
