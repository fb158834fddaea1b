// The testkit's TypeScript half, by hand and plain JavaScript, so that probes and benchmarks run it without a build. It stands
// on `ferrule/boundary` as a package made by the generator does.
'use strict'

const { join } = require('node:path')
const {
  attachAddon,
  FerruleError,
  nameError,
  NativeObject,
  pulled,
  RunningObject,
  checkedTimeout,
} = require('ferrule/boundary')
const contracts = require('./contract.json')

// The binary lies beside this file under no platform's name: it is never shipped.
process.env.FERRULE_TESTKIT_PATH ??= join(__dirname, 'ferrule-testkit.node')

const boundary = attachAddon({
  packageName: 'ferrule-testkit',
  version: '0.1.0',
  binaryName: 'ferrule-testkit',
  overrideVariable: 'FERRULE_TESTKIT_PATH',
  localFolders: [],
  from: __filename,
})

class FaultsError extends FerruleError {}
nameError(FaultsError, 'FaultsError')

const open = (system, errorClass) =>
  boundary.open(
    contracts.find((contract) => contract.system === system),
    errorClass,
  )
const bench = open('bench')
const types = open('types')
const objects = open('objects')
const callbacks = open('callbacks')
const faults = open('faults', FaultsError)

const systems = { bench, types, objects, callbacks, faults }

/** The public form of any async export: `call('faults.sleep', [10], { signal, timeoutMs })`. */
function call(operation, args = [], options = undefined) {
  const [system, name] = operation.split('.')
  return boundary.call(operation, options, (number) => systems[system][name](number, ...args))
}

/** The public form of any Sync door: `callSync('faults.sleep', [10], { timeoutMs })`. */
function callSync(operation, args = [], options = undefined) {
  const [system, name] = operation.split('.')
  return systems[system][`${name}Sync`](checkedTimeout(operation, options?.timeoutMs), ...args)
}

const addAsync = (a, b, options) => boundary.call('bench.addAsync', options, (number) => bench.addAsync(number, a, b))

class Gauge extends NativeObject {
  constructor(limit) {
    super(boundary, bench.gaugeNew(limit))
  }
  accepts(text) {
    return bench.gaugeAccepts(this.handle, text)
  }
}

class Counter extends NativeObject {
  constructor(start = 0, weight = 0) {
    super(boundary, objects.counterNew(start, weight))
  }
  get number() {
    return this.handle
  }
  get value() {
    return objects.counterValue(this.handle)
  }
  add(amount) {
    return objects.counterAdd(this.handle, amount)
  }
  addWith(callback) {
    return objects.counterAddWith(this.handle, callback)
  }
  visit(callback) {
    return objects.counterVisit(this.handle, callback)
  }
  panic() {
    objects.counterPanic(this.handle)
  }
  addSlowly(amount, milliseconds, options) {
    return call('objects.counterAddSlowly', [this.handle, amount, milliseconds], options)
  }
  readSlowly(milliseconds, options) {
    return call('objects.counterReadSlowly', [this.handle, milliseconds], options)
  }
  addLater(amount, milliseconds, options) {
    return call('objects.counterAddLater', [this.handle, amount, milliseconds], options)
  }
  panicSlowly(options) {
    return call('objects.counterPanicSlowly', [this.handle], options)
  }
  panicLater(options) {
    return call('objects.counterPanicLater', [this.handle], options)
  }
  panicLaterSync() {
    return callSync('objects.counterPanicLater', [this.handle])
  }
  view() {
    return new View(this, objects.viewNew(this.handle, this.handle))
  }
}

class View extends NativeObject {
  constructor(parent, handle) {
    super(boundary, handle, parent)
  }
  get value() {
    return objects.viewValue(this.handle)
  }
}

class Bound extends NativeObject {
  constructor() {
    super(boundary, objects.boundNew())
  }
  next() {
    return objects.boundNext(this.handle)
  }
}

class Numbers extends NativeObject {
  constructor(count, panicAt = null) {
    super(boundary, objects.numbersNew(count, panicAt))
  }
  next(max, options) {
    return call('objects.numbersNext', [this.handle, max], options)
  }
  stream(max, options) {
    return pulled({ next: (most) => this.next(most, options), close: () => this.dispose() }, max)
  }
}

class Ticket extends NativeObject {
  constructor(name) {
    super(boundary, objects.ticketNew(name))
  }
  get name() {
    return objects.ticketName(this.handle)
  }
  rename(name) {
    objects.ticketRename(this.handle, name)
  }
  redeem() {
    return objects.ticketRedeem(this.handle)
  }
  redeemSlowly(milliseconds, options) {
    return call('objects.ticketRedeemSlowly', [this.handle, milliseconds], options)
  }
}

class Ticker extends RunningObject {
  constructor(callback) {
    super(boundary, objects.tickerNew(boundary.callback(callback)))
  }
  start(milliseconds) {
    objects.tickerStart(this.handle, milliseconds)
    this.started()
    return this
  }
  stop() {
    objects.tickerStop(this.handle)
    this.ended()
  }
}

class Keeper extends NativeObject {
  constructor(queued, blocking) {
    super(boundary, callbacks.keeperNew(boundary.callback(queued), boundary.callback(blocking)))
  }
  keepAlive() {
    callbacks.keeperKeepAlive(this.handle)
  }
  call(value) {
    callbacks.keeperCall(this.handle, value)
  }
  ask(value, options) {
    return call('callbacks.keeperAsk', [this.handle, value], options)
  }
  remove() {
    callbacks.keeperRemove(this.handle)
  }
}

module.exports = {
  boundary,
  native: bench,
  ...systems,
  addAsync,
  call,
  callSync,
  diagnostics: () => boundary.diagnostics(),
  FaultsError,
  Bound,
  Counter,
  Gauge,
  Keeper,
  Numbers,
  Ticker,
  Ticket,
}
