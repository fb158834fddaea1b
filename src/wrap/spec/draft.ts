/** What the scanner proposes: a spec that has no file yet, so no places, and keys with defaults may be left away. */
import type {
  CallbackEntry,
  ConstantEntry,
  CrateEntry,
  EnumEntry,
  ErrorEntry,
  ExampleEntry,
  FunctionEntry,
  HandleEntry,
  InstanceEntry,
  LibraryEntry,
  MethodEntry,
  ParameterEntry,
  RecordEntry,
  Spec,
} from './spec.js'

export interface SpecDraft {
  readonly lib: Omit<LibraryEntry, 'place'>
  readonly crate: Partial<Omit<CrateEntry, 'place'>>
  /** Default: generated. */
  readonly api?: Spec['api']
  readonly handles: readonly DraftHandle[]
  readonly records: readonly DraftRecord[]
  readonly enums: readonly DraftEnum[]
  readonly errors: readonly DraftError[]
  readonly callbacks: readonly DraftCallback[]
  readonly instances: readonly DraftInstance[]
  readonly functions: readonly DraftFunction[]
  readonly methods: readonly DraftMethod[]
  readonly constants: readonly DraftConstant[]
  /** Every public item of the crate that is none of the above. */
  readonly leftOut: readonly LeftOut[]
}

/** An item the scanner did not propose. */
export interface LeftOut {
  /** The item's public path: `semver::Version::cmp`. */
  readonly path: string
  /** The rule that is missing or that refused it, by the name docs/rules.md has. */
  readonly rule: string
  /** In words: `the caller chooses T`. */
  readonly reason: string
}

/** Of a generic type made concrete: where the crate says so. A comment in the file. */
interface Found {
  readonly found?: string
}

/** An entry as drafted: `Needed` must be said, the rest has defaults. */
type Draft<Entry, Needed extends keyof Entry> = Pick<Entry, Needed> & Partial<Omit<Entry, Needed | 'place'>>

export type DraftHandle = Draft<HandleEntry, 'name' | 'rustType'>
export type DraftRecord = Draft<RecordEntry, 'name' | 'rustType' | 'fields'> & Found
export type DraftEnum = Draft<EnumEntry, 'name' | 'rustType' | 'variants'> & Found
export type DraftError = Draft<ErrorEntry, 'rustType' | 'code'>
export type DraftCallback = Draft<CallbackEntry, 'name' | 'params' | 'returns'>
export type DraftInstance = Draft<InstanceEntry, 'name' | 'rustType'> & Found
export type DraftConstant = Draft<ConstantEntry, 'name' | 'rust' | 'type'>
export type DraftParameter = Omit<ParameterEntry, 'place'>
export type DraftExample = Omit<ExampleEntry, 'place'>

/** The parts of functions and methods that hold places of their own. */
interface DraftCallable {
  readonly params: readonly DraftParameter[]
  readonly examples?: readonly DraftExample[]
}

export type DraftFunction = DraftCallable &
  Omit<Draft<FunctionEntry, 'name' | 'rustFn' | 'params' | 'returns'>, 'params' | 'examples'>
export type DraftMethod = DraftCallable &
  Omit<Draft<MethodEntry, 'name' | 'handle' | 'rustMethod' | 'params' | 'returns'>, 'params' | 'examples'>
