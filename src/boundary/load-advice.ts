import { knownTriples } from './platform.js'

/** What the loader knows when every candidate failed. */
export interface FailedLoad {
  packageName: string
  overrideVariable: string
  triple: string
  /** What was thrown at each candidate. */
  causes: readonly unknown[]
  /** Whether a package can be resolved from the package that owns the addon. */
  isInstalled: (packageName: string) => boolean
}

/** The one thing to do about a binary that did not load, for the person who meets the error in production. */
export function adviceFor({ packageName, overrideVariable, triple, causes, isInstalled }: FailedLoad): string {
  const codes = causes.map((cause) => (cause as { code?: unknown } | null)?.code)

  if (codes.includes('ERR_DLOPEN_DISABLED')) {
    return "Node's permission model forbids native addons here; start Node with --allow-addons."
  }
  if (codes.includes('ERR_ACCESS_DENIED')) {
    return "Node's permission model forbids reading the binary; start Node with --allow-addons and an --allow-fs-read that covers it."
  }
  if (process.env[overrideVariable]) {
    return `${overrideVariable} is set, so nothing else was tried; let it name a binary for ${triple}, or unset it.`
  }
  const platformPackage = `${packageName}-${triple}`
  if (codes.includes('ERR_DLOPEN_FAILED')) {
    return (
      `a binary is there, but this system cannot open it: it is damaged, or made for another processor, C library or ` +
      `version of it. Delete node_modules and install on the machine, or in the image, that runs it; a node_modules ` +
      `folder cannot be copied between systems.`
    )
  }
  if (codes.includes('ERR_LOAD')) {
    return 'the binary opened but could not start here; the reason is its own, above.'
  }
  const others = knownTriples.filter((other) => other !== triple && isInstalled(`${packageName}-${other}`))
  if (others.length > 0) {
    return (
      `this installation was made for ${others.join(', ')}, and this Node is ${triple}. Delete node_modules and install ` +
      `on the machine, or in the image, that runs it.`
    )
  }
  return (
    `install ${platformPackage}. It is an optional dependency of ${packageName}: check that the installation does not ` +
    `leave those out (--omit=optional, --no-optional), and if the lockfile was made on another system, make it anew. ` +
    `If there is no such package, ${packageName} has no binary for this platform: build one and let ${overrideVariable} name it.`
  )
}
