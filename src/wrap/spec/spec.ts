/** A spec as the generator knows it, after parsing: every entry with its place in the file. */

/** Where something stands: both from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

export interface Spec {
  readonly file: string
  readonly lib: LibraryEntry
  readonly crate: CrateEntry
  /** Whether index.ts is generated or somebody's own work. Default: generated. */
  readonly api: 'generated' | 'handwritten'
  readonly handles: readonly HandleEntry[]
  readonly records: readonly RecordEntry[]
  readonly enums: readonly EnumEntry[]
  readonly errors: readonly ErrorEntry[]
  readonly callbacks: readonly CallbackEntry[]
  readonly instances: readonly InstanceEntry[]
  readonly functions: readonly FunctionEntry[]
  readonly methods: readonly MethodEntry[]
  readonly constants: readonly ConstantEntry[]
}

/** `wrapper_lib`. */
export interface LibraryEntry {
  readonly place: Place
  /** The system's name, and the folder's: `rust_decimal`. */
  readonly name: string
  readonly version: string
  readonly lang: 'rust' | 'c' | 'cpp'
  /** As on the registry. */
  readonly rustCrate: string
  readonly rustCrateVersion: string
  /** A folder instead of the registry, relative to the spec. */
  readonly cratePath?: string
  /** Of the exports: a whole number from 1, which stands for 1 when it is not given. */
  readonly apiVersion?: string
  /** For `lang: c` and `cpp`: the library to load, and its header. */
  readonly library?: string
  readonly header?: string
}

/** `crate`. */
export interface CrateEntry {
  readonly place: Place
  readonly features: readonly string[]
  readonly defaultFeatures: boolean
  readonly dependencies: Readonly<Record<string, string>>
  readonly rustVersion?: string
  readonly license?: string
}

interface Entry {
  readonly place: Place
  readonly doc?: string
  /** Left out, for this reason. */
  readonly skip?: string
  /** Failed to compile, in the compiler's words: set by the check, gone when it compiles again. */
  readonly rejected?: string
  /** Never dropped: a failure is an error. */
  readonly required: boolean
  readonly since?: string
  /** The rule that proposed it. */
  readonly rule?: string
}

/** `handle_types`: a class over a native object. */
export interface HandleEntry extends Entry {
  readonly name: string
  /** A type text: `petgraph::Graph<String, f64>`. */
  readonly rustType: string
  /** The handle it borrows from: the pair is kept together. */
  readonly parent?: string
  readonly share: boolean
  /** Not `Send` or not `Sync`: its values stay on the JavaScript thread. */
  readonly bound: boolean
  /** `Clone`: taking it by value takes a copy, unless the item `consumes`. */
  readonly clone: boolean
  /** For `lang: c` and `cpp`: the function that frees an object. */
  readonly dropFn?: string
  /** The method `(&self) -> usize` that says what an object holds outside of JavaScript, in bytes. */
  readonly nativeBytes?: string
}

/** `records`: plain data, by value. */
export interface RecordEntry extends Entry {
  readonly name: string
  readonly rustType: string
  readonly fields: readonly { readonly name: string; readonly type: string; readonly rust: string }[]
  /** Whether a field's `rust` is a public field or a getter's call. */
  readonly by: 'field' | 'getter'
}

/** `enums`: string unions, or discriminated unions when variants carry data. */
export interface EnumEntry extends Entry {
  readonly name: string
  readonly rustType: string
  readonly variants: readonly {
    readonly name: string
    readonly rust: string
    readonly fields: readonly { readonly name: string; readonly type: string; readonly rust: string }[]
  }[]
  readonly nonExhaustive: boolean
  /** Its variants are told apart by the type of their JavaScript value alone. */
  readonly untagged?: boolean
}

/** `errors`: a Rust error type, or one variant of it, and what JavaScript sees. */
export interface ErrorEntry extends Entry {
  readonly rustType: string
  readonly code: string
  readonly fields: readonly string[]
}

/** `callbacks`. */
export interface CallbackEntry extends Entry {
  readonly name: string
  readonly params: readonly string[]
  readonly returns: string
  readonly policy: 'sync' | 'blocking' | 'queued'
}

/** `instances`: a generic type made concrete under a name of its own. `rustType` may name other instances. */
export type InstanceEntry = Omit<HandleEntry, 'parent' | 'dropFn'>

export interface ParameterEntry {
  readonly place: Place
  readonly name: string
  /** The boundary's type text: `text`, `u32?`, `handle Version`. */
  readonly type: string
}

export interface ExampleEntry {
  readonly place: Place
  readonly call: string
  readonly gives?: string
  readonly throws?: string
}

interface CallableEntry extends Entry {
  readonly name: string
  readonly params: readonly ParameterEntry[]
  readonly returns: string
  /**
   * The crate's own signature: `(&self, other: &Self) -> std::cmp::Ordering`. Absent in the short form, where the parameters'
   * usual Rust types are meant.
   */
  readonly rust?: string
  /** Runs on the JavaScript thread, on the pool, or on the lane. */
  readonly async: false | 'blocking' | 'lane'
  /** Whether an async item also has its Sync door. */
  readonly sync: boolean
  readonly throws?: string
  readonly parent?: string
  /** The crate's parameter, by its name in `rust`, through which a running call asks whether to go on. */
  readonly checkpoint?: string
  readonly consumes: boolean
  readonly stream: boolean
  readonly waits: boolean
  readonly independent: boolean
  readonly offsets?: 'bytes' | 'utf16'
  readonly examples: readonly ExampleEntry[]
}

export interface FunctionEntry extends CallableEntry {
  /** `semver::Version::parse`; its class in TypeScript is `owner`, absent for a function of the module. */
  readonly rustFn: string
  readonly owner?: string
  /** The one that `new` calls. */
  readonly isConstructor: boolean
}

export interface MethodEntry extends CallableEntry {
  readonly handle: string
  readonly rustMethod: string
  /** The trait it is a method of, when that is not the type's own: `std::ops::Add`. */
  readonly trait?: string
  /** Whether it takes its object alone (`&mut self`). */
  readonly exclusive: boolean
  /** Returns the object itself: a chain. */
  readonly chains: boolean
  /** `is_field`: `rustMethod` names a public field, and the method gives a copy of it. `rust` is `(&self) -> &T` then. */
  readonly isField?: boolean
  /** The object's name among the native export's parameters. Default: the handle's name, uncapitalised. */
  readonly self?: string
  /** The type that the handle's type derefs to, when it is a method of that. */
  readonly deref?: string
  /** The object works by itself from this call on, or until it. */
  readonly running?: 'begins' | 'ends'
}

export interface ConstantEntry extends Entry {
  readonly name: string
  readonly rust: string
  readonly type: string
  readonly owner?: string
}
