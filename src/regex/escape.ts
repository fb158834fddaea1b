import { native } from './native.js'

/** A pattern that matches exactly this text, but for white space under the flag `x`: `escape('1+1')` is `1\+1`. */
export function escape(text: string): string {
  return native.escape(text)
}

/** A template that stands for exactly this text: `escapeTemplate('5$')` is `5$$`. */
export function escapeTemplate(text: string): string {
  return text.replaceAll('$', '$$$$')
}
