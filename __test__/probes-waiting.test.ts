import { waiting } from './probes/endings/waiting.js'
import { describeProbes } from './probes/probe.js'

describeProbes('JavaScript and native code that could wait for each other', waiting)
