/**
 * The symbol versions a 64-bit little-endian ELF file needs from its libraries, e.g. `GLIBC_2.14`: the names in its
 * `.gnu.version_r` section (Linux Standard Base, Symbol Versioning).
 */
export function neededVersions(file: Buffer): string[] {
  if (file.toString('latin1', 0, 4) !== '\x7fELF' || file[4] !== 2 || file[5] !== 1) {
    throw new Error('not a 64-bit little-endian ELF file')
  }
  const sectionTable = Number(file.readBigUInt64LE(0x28))
  const entrySize = file.readUInt16LE(0x3a)
  const count = file.readUInt16LE(0x3c)
  const section = (index: number): { type: number; offset: number; link: number; info: number } => {
    const at = sectionTable + index * entrySize
    return {
      type: file.readUInt32LE(at + 4),
      offset: Number(file.readBigUInt64LE(at + 0x18)),
      link: file.readUInt32LE(at + 0x28),
      info: file.readUInt32LE(at + 0x2c),
    }
  }
  const sectionsOfTypeVerneed = Array.from({ length: count }, (_, index) => section(index)).filter(
    ({ type }) => type === 0x6ffffffe,
  )
  const names = new Set<string>()
  for (const { offset, link, info: libraries } of sectionsOfTypeVerneed) {
    const strings = section(link).offset
    let library = offset
    for (let index = 0; index < libraries; index += 1) {
      let version = library + file.readUInt32LE(library + 8)
      for (let remaining = file.readUInt16LE(library + 2); remaining > 0; remaining -= 1) {
        const name = strings + file.readUInt32LE(version + 8)
        names.add(file.toString('latin1', name, file.indexOf(0, name)))
        version += file.readUInt32LE(version + 12)
      }
      library += file.readUInt32LE(library + 12)
    }
  }
  return [...names]
}
