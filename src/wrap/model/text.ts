/**
 * Rust types and signatures as text and back. The text is Rust with public paths; names of Rust's prelude (`String`, `Option`,
 * `Into`) stand short. Printing what was parsed from printed text gives that text again.
 */
export { printBounds, printGeneric, printSignature, printType } from './text-printer.js'
export { parseSignature, parseType } from './text-parser.js'
export { RustTextError } from './text-tokens.js'
