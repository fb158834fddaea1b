/** Why an item is left out, by name: each is a rule that is missing, or one that cannot be. docs/rules.md is printed from this table. */

export interface RefusalRule {
  readonly name: string
  /** What is met. */
  readonly rust: string
  /** Why, and what to do instead. */
  readonly why: string
}

const refusal = <const Name extends string>(name: Name, rust: string, why: string): RefusalRule & { name: Name } => ({
  name,
  rust,
  why,
})

export const REFUSALS = [
  refusal(
    'generic',
    'a type parameter without a bound that decides it',
    'The caller chooses the type, and JavaScript cannot. An entry of `instances` can, for a type.',
  ),
  refusal('trait-bound', '`impl Trait` in an argument', 'No concrete type follows from the trait.'),
  refusal('trait-result', '`impl Trait` as a result', 'The type has no name to keep it by.'),
  refusal('projection', '`<T as Trait>::Name`', 'It depends on a type parameter.'),
  refusal('dyn', '`dyn Trait`', 'Any of many types; only closures have a rule.'),
  refusal('function-pointer', '`fn(A) -> B`', 'It has no place for a JavaScript function.'),
  refusal('function-result', 'a closure as a result', 'No rule yet.'),
  refusal(
    'callback-kept',
    "closures with `'static` or `Send`, or in a box, that return a value",
    'Whoever calls one later waits for its answer, which the JavaScript thread may be unable to give. Without a result there is a rule.',
  ),
  refusal(
    'borrowed-callback',
    'closures that return a reference',
    'JavaScript makes a new value; there is nothing to borrow it from.',
  ),
  refusal('raw-pointer', '`*const T`, `*mut T`', 'No safe meaning.'),
  refusal('unsafe', '`unsafe fn`', 'Its conditions cannot be checked from JavaScript.'),
  refusal('never', '`!`, `Infallible`', 'There is no value.'),
  refusal('static-argument', "`&'static T` in an argument", 'It would have to live as long as the program.'),
  refusal(
    'mutable-argument',
    '`&mut T` of a value',
    'JavaScript holds a copy; only objects of classes can be changed.',
  ),
  refusal(
    'sink-argument',
    'what is written into, when the result keeps hold of it',
    'The buffer cannot be given back; `impl Write` that may be kept, and a `&mut String` that the result borrows from, are such.',
  ),
  refusal('mutable-result', '`&mut T` as a result', 'It lends a place inside the object.'),
  refusal(
    'borrowed-result',
    '`&T` of a class that is not `Clone`',
    'It would have to be kept with its owner; no rule yet.',
  ),
  refusal('view-argument', 'a type that borrows, in an argument', 'It comes out as a record and cannot go back.'),
  refusal(
    'view',
    'a type that borrows and has no getters that cross',
    'It would have to be kept with its owner; no rule yet.',
  ),
  refusal(
    'view-inside',
    'a class that borrows inside a tuple, a map, a promise, an argument of a callback',
    'Each such object lives in a cell of its own with what it borrows from.',
  ),
  refusal(
    'view-owner',
    'a class that borrows from what cannot be kept',
    'Text, bytes, other such objects and copies of objects are kept; anything else has no place to stay.',
  ),
  refusal(
    'view-unkept',
    'a class that borrows, when the compiler refuses its cell',
    'Its lifetimes cannot be shortened: it holds a `Mutex<&T>`, or a function that takes what it borrows. Its objects come out as records of their getters, or arrays. In a spec that is there already the class and what needs it are rejected.',
  ),
  refusal(
    'view-receiver',
    '`&mut self` of a class that borrows, `self` of one without `Clone`',
    'It shares a cell with what it borrows from.',
  ),
  refusal('view-method', 'a method of a type that borrows', 'Its values come out as records, which have no methods.'),
  refusal(
    'consumed-inside',
    'a class that is not `Clone`, by value inside another type',
    'Taking it would end the object.',
  ),
  refusal('option-nested', '`Option<Option<T>>`', '`null` cannot say which of the two is empty.'),
  refusal('result-argument', '`Result<T, E>` in an argument', 'JavaScript throws errors, it does not pass them.'),
  refusal('result-nested', '`Vec<Result<T, E>>` and the like', 'There is no one place to throw.'),
  refusal('unit-value', '`()` inside another type', 'It carries nothing.'),
  refusal('long-tuple', 'tuples of more than six', 'The boundary has no more.'),
  refusal('array-length', '`[T; N]` with `N` not a number', "The length is the caller's choice."),
  refusal(
    'map-key',
    'maps with other keys than text, numbers, enums, in an argument',
    'A JavaScript `Map` compares objects by identity.',
  ),
  refusal('error-value', 'an error type as a value', 'Errors are thrown.'),
  refusal('error-type', 'a result whose error is not known', 'The error type is not public, or the caller chooses it.'),
  refusal('smart-pointer', '`Box<T>`, `Rc<T>`, `Arc<T>`, `Cow<T>` of other types', 'No rule yet.'),
  refusal('formatter', '`std::fmt::Formatter`', 'It exists only inside of formatting.'),
  refusal(
    'future',
    '`async fn` with types that are not `Send`; a future inside another type, or as an argument',
    'The first cannot run on the lane; there is no one place to await the others.',
  ),
  refusal('stream-bound', 'streams that are not `Send`', 'They cannot be pulled on the lane.'),
  refusal(
    'stream-held',
    '`&mut self` that gives a stream which may borrow from it',
    "The object could do nothing else while the stream is there; a stream that is `'static` has a rule.",
  ),
  refusal('std-type', 'other types of the standard library', 'No rule yet.'),
  refusal('foreign-type', 'types of other crates, or private ones', "They are not in this crate's API."),
  refusal('left-out-type', 'types of this crate that are left out', 'See the type itself.'),
  refusal('unknown-type', 'types that cannot be made out', ''),
  refusal('receiver', '`self: Rc<Self>` and other receivers', 'No rule yet.'),
  refusal('consuming', '`self` of a type that borrows', 'There is no object to take.'),
  refusal(
    'type-level',
    'types of dependencies that only stand as arguments of other types',
    'There is no value of them.',
  ),
  refusal('trait-item', 'a trait', 'Traits have no values; their methods are on the types that implement them.'),
  refusal('trait-generic', "a trait's method with type parameters of the trait", 'No rule yet.'),
  refusal('union', 'a `union`', 'Reading one is unsafe.'),
  refusal('value-receiver', '`&mut self` of a record or an enum', 'The value is a copy; there is nothing to change.'),
  refusal('constant-value', 'constants of other types', 'No rule yet.'),
  refusal('many-arguments', 'more than eight arguments', 'The boundary has no more.'),
  refusal(
    'iterator-type',
    'methods of an iterator that borrows and cannot be a class',
    'It comes out as an array: its items do not cross one by one, or it cannot be kept with what it borrows from.',
  ),
  refusal('duplicate', 'an item that another one already covers', 'The same call is there under another name.'),
  refusal('macro', 'a macro', 'Macros exist at compile time only.'),
] as const

export type RefusalName = (typeof REFUSALS)[number]['name']
