/** Whether the boundary's type text in a spec says the same as the rules do. */
import { parseTypeText, TypeTextError, type BoundaryType } from '../spec/type-text.js'

export function sameBoundaryText(spec: string, mapped: string): boolean {
  if (spec === mapped) return true
  const left = read(spec)
  const right = read(mapped)
  return left === undefined || right === undefined ? left === right && spec === mapped : agrees(left, right)
}

function read(text: string): BoundaryType | undefined {
  try {
    return parseTypeText(text)
  } catch (error) {
    if (error instanceof TypeTextError) return undefined
    throw error
  }
}

/** A spec may be narrower than the rules, or choose another form of the same value; it may not be another value. */
function agrees(spec: BoundaryType, mapped: BoundaryType): boolean {
  if (spec.kind === 'simple' && mapped.kind === 'simple')
    return spec.name === mapped.name || (OTHER_FORMS.get(mapped.name)?.includes(spec.name) ?? false)
  if (spec.kind === 'option' && mapped.kind === 'option') return agrees(spec.of, mapped.of)
  if (spec.kind === 'list' && mapped.kind === 'list')
    return agrees(spec.of, mapped.of) && (spec.length === undefined || spec.length === mapped.length)
  if (spec.kind === 'tuple' && mapped.kind === 'tuple')
    return spec.items.length === mapped.items.length && spec.items.every((item, at) => agreesAt(item, mapped.items, at))
  if (spec.kind === 'map' && mapped.kind === 'map')
    return agrees(spec.key, mapped.key) && agrees(spec.value, mapped.value)
  if (spec.kind === 'function' && mapped.kind === 'function')
    return (
      spec.params.length === mapped.params.length &&
      spec.params.every((param, at) => agreesAt(param, mapped.params, at)) &&
      agrees(spec.returns, mapped.returns)
    )
  // A named callback's own entry says what it takes.
  if (spec.kind === 'callback') return mapped.kind === 'function' || mapped.kind === 'callback'
  if (spec.kind === 'strings') return mapped.kind === 'strings' || mapped.kind === 'enum' || isText(mapped)
  if (spec.kind === 'handle' || spec.kind === 'record' || spec.kind === 'enum')
    return mapped.kind === spec.kind && mapped.name === spec.name
  return false
}

function agreesAt(spec: BoundaryType, mapped: readonly BoundaryType[], at: number): boolean {
  const other = mapped[at]
  return other !== undefined && agrees(spec, other)
}

const isText = (type: BoundaryType): boolean => type.kind === 'simple' && type.name === 'text'

/** What a spec may write in place of what the rules give. */
const OTHER_FORMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['i8', ['NonZeroI8']],
  ['u8', ['NonZeroU8']],
  ['i16', ['NonZeroI16']],
  ['u16', ['NonZeroU16']],
  ['i32', ['NonZeroI32']],
  ['u32', ['NonZeroU32']],
  ['i64', ['bigint64', 'NonZeroI64']],
  ['u64', ['biguint64', 'NonZeroU64']],
  ['isize', ['bigint64', 'NonZeroIsize']],
  ['usize', ['biguint64', 'NonZeroUsize']],
  ['text', ['char']],
])
