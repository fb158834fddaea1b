/** Exports of the client that several operations share: an error is of what was asked for. */
const SHARED = /^http\.(httpClient|responseBody|requestBody|clientNew|saveBytes)/

/** How an export of the client is known to users; undefined for the exports of others. */
export function clientOperation(native: string, asked: string): string | undefined {
  return SHARED.test(native) ? asked : undefined
}

/** What an argument of such an export is called by users; undefined for the exports of others. */
export function clientArgument(native: string, argument: string): string | undefined {
  if (!SHARED.test(native)) return undefined
  if (argument === 'client' || argument === 'body')
    return native.startsWith('http.httpClient') && argument === 'body' ? 'options.body' : 'this'
  if (['headers', 'timeoutMs', 'mode', 'overwrite'].includes(argument)) return `options.${argument}`
  return argument === 'config' ? 'options' : argument
}
