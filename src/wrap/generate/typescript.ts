/** The TypeScript half of a package: the typed binding, the public API and what they share. */
export { emitIndex } from './typescript/index-file.js'
export { discriminantOf, exportedNames, isLazyConstant, memberName } from './typescript/naming.js'
export { emitNative, OWN_LAYOUT, PACKAGE_LAYOUT, type GivenContract, type Layout } from './typescript/native.js'
export { emitSupport } from './typescript/support.js'
