// What the demo looks for. Every pattern means the same in Rust's and in JavaScript's dialect, so the counts of both can
// be compared: classes are spelled out, because `\d`, `\w` and `\b` are Unicode in one and ASCII in the other.
//
// Repetitions have an upper bound for JavaScript's sake: a backtracking engine would need hours for `[a-z]+@` on one long
// line of base64. Ferrule's takes the same time either way.
export const patterns = {
  URL: String.raw`https?://[A-Za-z0-9.\-]{1,100}(?:/[A-Za-z0-9._~%/\-]*)?`,
  'e-mail address': String.raw`[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){0,4}\.[A-Za-z]{2,24}`,
  'ISO date': String.raw`[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])`,
  'semantic version': String.raw`[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,6}`,
  'IPv4 address': String.raw`(?:[0-9]{1,3}\.){3}[0-9]{1,3}`,
  UUID: String.raw`[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`,
  'hex colour': String.raw`#[0-9a-fA-F]{6}`,
  'integrity hash': String.raw`sha(?:256|384|512)-[A-Za-z0-9+/]{43,86}={0,2}`,
  'open end': String.raw`(?:TODO|FIXME|HACK|XXX)[:( ]`,
  licence: String.raw`(?:MIT|ISC|BSD|Apache|Mozilla Public) Licen[cs]e`,
}
