import { borrowing } from './probes/endings/borrowing.js'
import { describeProbes } from './probes/probe.js'

describeProbes('an object in use', borrowing)
