import type { PublicNames } from '../boundary/index.js'

/** How the exports of glue.rs and their parameters are known to users. */
export const names: PublicNames = {
  operation(native) {
    const method = /^config\.lexer([A-Z]\w*)$/.exec(native)?.[1]
    if (method === undefined) return native
    return method === 'New' ? 'config.Lexer' : `config.Lexer.${method.charAt(0).toLowerCase()}${method.slice(1)}`
  },
  argument: (_native, argument) => (argument === 'lexer' ? 'this' : argument),
}
