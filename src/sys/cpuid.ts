import { boundary } from '../addon.js'
import { native } from './native.js'

/** What marks a filled structure in the original. */
const MAGIC = 0x280147b8

/**
 * Names of the bits of ECX and EDX, from bit 0: Intel's manual, volume 2A, "CPUID", tables 3-10 and 3-11, in lower case. An empty name
 * is of a bit that is reserved.
 */
const ECX =
  'sse3 pclmulqdq dtes64 monitor ds-cpl vmx smx eist tm2 ssse3 cnxt-id sdbg fma cmpxchg16b xtpr pdcm - pcid dca sse4.1 sse4.2 x2apic movbe popcnt tsc-deadline aes xsave osxsave avx f16c rdrand hypervisor'
const EDX =
  'fpu vme de pse tsc msr pae mce cx8 apic - sep mtrr pge mca cmov pat pse-36 psn clfsh - ds acpi mmx fxsr sse sse2 ss htt tm - pbe'

/** What CPUID says in leaf 1. */
export interface Cpuid {
  /** Always 0x280147b8. */
  readonly magic: number
  /** Brand index, line size of CLFLUSH, logical processors, and the number of the one that answered: 32 bits without a sign. */
  readonly ebx: number
  /** 32 bits without a sign. */
  readonly ecx: number
  /** The same. */
  readonly edx: number
  /** What of ECX and EDX is set, by the names in Intel's manual in lower case: `'sse4.2'`, `'pclmulqdq'`, `'avx'`. */
  readonly features: ReadonlySet<string>
}

/**
 * What the processor can.
 *
 * @throws SysError `ERR_SYS_UNAVAILABLE` on a processor that is not x86.
 *
 * @example
 * cpuid().features.has('sse4.2') // → true
 */
export function cpuid(): Cpuid {
  const packed = native.cpuid()
  const [ebx = 0, ecx = 0, edx = 0] = typeof packed === 'number' ? boundary.scratch : packed
  return { magic: MAGIC, ebx, ecx, edx, features: new Set([...named(ECX, ecx), ...named(EDX, edx)]) }
}

function named(names: string, bits: number): string[] {
  return names.split(' ').filter((name, bit) => name !== '-' && ((bits >>> bit) & 1) === 1)
}
