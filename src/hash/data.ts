/** What is hashed: bytes, or text as UTF-8, in which a lone surrogate is U+FFFD. */
export type Data = Uint8Array | string

/** As the native half takes it, which says what else was given. */
export const crossing = (data: Data): Uint8Array => (typeof data === 'string' ? Buffer.from(data, 'utf8') : data)
