/** Configuration text: bytes, or a string as its UTF-8, in which a lone surrogate is U+FFFD. */
export type Text = Uint8Array | string

/** As the native half takes it, which says what else was given. */
export const crossing = (text: Text): Uint8Array => (typeof text === 'string' ? Buffer.from(text, 'utf8') : text)
