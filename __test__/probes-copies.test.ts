import { copies } from './probes/endings/copies.js'
import { describeProbes } from './probes/probe.js'

describeProbes('several copies and loads in one thread', copies)
