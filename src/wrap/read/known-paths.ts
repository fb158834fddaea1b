/**
 * Public paths of a few crates that others' signatures are full of, where the place of definition is private or in a crate behind
 * the one that people depend on.
 */
const KNOWN: Readonly<Record<string, string>> = {
  'serde_core::ser::Serialize': 'serde::Serialize',
  'serde_core::ser::Serializer': 'serde::Serializer',
  'serde_core::de::Deserialize': 'serde::Deserialize',
  'serde_core::de::Deserializer': 'serde::Deserializer',
  'serde::ser::Serialize': 'serde::Serialize',
  'serde::ser::Serializer': 'serde::Serializer',
  'serde::de::Deserialize': 'serde::Deserialize',
  'serde::de::Deserializer': 'serde::Deserializer',
  'serde_json::value::Value': 'serde_json::Value',
  'futures_core::stream::Stream': 'futures_core::Stream',
  'bytes::bytes::Bytes': 'bytes::Bytes',
  'bytes::bytes_mut::BytesMut': 'bytes::BytesMut',
  'bytes::buf::buf_impl::Buf': 'bytes::Buf',
  'bytes::buf::buf_mut::BufMut': 'bytes::BufMut',
}

/** Crates all of whose items are public right under their root, but for a few. */
const FLAT = new Set(['num_traits'])
const APART = new Set(['num_traits::real::Real', 'num_traits::float::FloatCore'])

/** The path to write for something defined at `path` in another crate. */
export function knownPath(path: readonly string[]): string {
  const text = path.join('::')
  const [crate = ''] = path
  if (FLAT.has(crate) && !APART.has(text)) {
    return `${crate}::${path.at(-1) ?? ''}`
  }
  return KNOWN[text] ?? (crate === 'serde_core' ? ['serde', ...path.slice(1)].join('::') : text)
}
