import { ending } from './probes/endings/ending.js'
import { describeProbes } from './probes/probe.js'

describeProbes('a thread that ends', ending)
