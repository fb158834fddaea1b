/** Configuration text: bytes, or a string as its UTF-8, in which a lone surrogate is U+FFFD. */
export type Text = Uint8Array | string
