/** Bytes, or text as UTF-8, in which a lone surrogate is U+FFFD: as the native half takes it, which says what else was given. */
export const crossing = (data: Uint8Array | string): Uint8Array =>
  typeof data === 'string' ? Buffer.from(data, 'utf8') : data
