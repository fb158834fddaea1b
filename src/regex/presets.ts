import { native } from './native.js'

/**
 * Patterns that find candidates inside a longer text; the validators judge a whole string by every rule. To keep only what
 * is right of what a pattern found, ask the validator about each match.
 */
export const presets: {
  /** `name@host.tld`. */
  readonly email: string
  /** `http://` or `https://` and all that belongs to the URL, without punctuation at its end. */
  readonly url: string
  /** Four decimal numbers from 0 to 255 without leading zeros. */
  readonly ipv4: string
  /** A telephone number of the North American Numbering Plan. */
  readonly phoneUs: string
  /** `#` with 3, 4, 6 or 8 hexadecimal digits. */
  readonly hexColor: string
} = Object.freeze({
  email: preset('email'),
  url: preset('url'),
  ipv4: preset('ipv4'),
  phoneUs: preset('phoneUs'),
  hexColor: preset('hexColor'),
})

function preset(name: string): string {
  const pattern = native.presetPattern(name)
  if (pattern === null) throw new Error(`the addon has no preset ${name}`)
  return pattern
}

/**
 * Whether the string is an e-mail address that can be delivered to over the Internet: a dot-atom of 1 to 64 bytes
 * (RFC 5322 §3.2.3, RFC 5321 §4.5.3.1.1), `@`, a domain of at least two labels (RFC 1035 §2.3.4), 254 bytes in all.
 */
export function isEmail(text: string): boolean {
  return native.isEmail(text)
}

/** Whether the string is an absolute `http` or `https` URL (RFC 3986). */
export function isUrl(text: string): boolean {
  return native.isUrl(text)
}

/** Whether the string is an IPv4 address: four numbers from 0 to 255 without leading zeros (RFC 6943 §3.1.1). */
export function isIpv4(text: string): boolean {
  return native.isIpv4(text)
}

/** Whether the string is a telephone number of the North American Numbering Plan, with or without `+1`. */
export function isPhoneUs(text: string): boolean {
  return native.isPhoneUs(text)
}

/** Whether the string is a hexadecimal colour: `#` with 3, 4, 6 or 8 digits (CSS Color Module Level 4 §5.2). */
export function isHexColor(text: string): boolean {
  return native.isHexColor(text)
}
