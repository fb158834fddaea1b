/** The messages of the benchmark as a program without ferrule reads and writes them. */
const TL_VECTOR = 0x1cb5c415

class Source {
  constructor(bytes) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.at = 0
  }

  int() {
    this.at += 4
    return this.view.getInt32(this.at - 4, true)
  }

  string() {
    let length = this.bytes[this.at]
    let start = this.at + 1
    if (length === 254) {
      length = this.view.getUint32(this.at, true) >>> 8
      start += 3
    }
    this.at = (start + length + 3) & ~3
    return this.bytes.toString('utf8', start, start + length)
  }

  vector(read) {
    if (this.int() !== TL_VECTOR) throw new Error('not a vector')
    const count = this.int()
    const values = []
    for (let index = 0; index < count; index++) values.push(read(this))
    return values
  }

  user() {
    const id = this.view.getBigInt64(this.at, true)
    this.at += 8
    const name = this.string()
    const age = this.int()
    const score = this.view.getFloat64(this.at, true)
    this.at += 8
    return { id, name, age, score, tags: this.vector((it) => it.string()), marks: this.vector((it) => it.int()) }
  }
}

class Target {
  constructor() {
    this.bytes = Buffer.allocUnsafe(1024)
    this.at = 0
  }

  room(length) {
    if (this.at + length <= this.bytes.length) return
    const larger = Buffer.allocUnsafe(2 * (this.at + length))
    this.bytes.copy(larger, 0, 0, this.at)
    this.bytes = larger
  }

  int(value) {
    this.room(4)
    this.at = this.bytes.writeInt32LE(value, this.at)
  }

  string(value) {
    const length = Buffer.byteLength(value)
    this.room(length + 8)
    if (length < 254) this.bytes[this.at++] = length
    else this.at = this.bytes.writeUInt32LE(((length << 8) | 254) >>> 0, this.at)
    this.at += this.bytes.write(value, this.at)
    while (this.at % 4 !== 0) this.bytes[this.at++] = 0
  }

  vector(values, write) {
    this.int(TL_VECTOR)
    this.int(values.length)
    for (const value of values) write(this, value)
  }

  user({ id, name, age, score, tags, marks }) {
    this.room(8)
    this.at = this.bytes.writeBigInt64LE(id, this.at)
    this.string(name)
    this.int(age)
    this.room(8)
    this.at = this.bytes.writeDoubleLE(score, this.at)
    this.vector(tags, (it, tag) => it.string(tag))
    this.vector(marks, (it, mark) => it.int(mark))
  }

  finish() {
    return Uint8Array.prototype.slice.call(this.bytes, 0, this.at)
  }
}

export const decodeUser = (bytes) => new Source(bytes).user()
export const decodeUsers = (bytes) => new Source(bytes).vector((it) => it.user())

export function encodeUser(value) {
  const target = new Target()
  target.user(value)
  return target.finish()
}

export function encodeUsers(values) {
  const target = new Target()
  target.vector(values, (it, value) => it.user(value))
  return target.finish()
}
