/** As the native half takes it, which says what else was given. */
export const crossing = (text: Uint8Array | string): Uint8Array =>
  typeof text === 'string' ? Buffer.from(text, 'utf8') : text
