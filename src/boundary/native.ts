import type { ExpectedContract } from './contract.js'

/** The boundary's own exports, the same in every addon. */
export interface BoundaryNative {
  dispose: (handle: number) => void
  finalize: (handle: number) => void
  hold: (handle: number, held: boolean) => void
  isHeld: (handle: number) => boolean
  cancel: (call: number) => void
  abandoned: (change: number) => void
  answer: (reply: number, ok: boolean, value: unknown) => void
  prepare: () => void
  logLevel: (level: number) => void
  counts: () => number[]
  handles: () => [string, number][]
}

// <contract>
const contract: ExpectedContract = {
  system: 'boundary',
  apiVersion: 1,
  digest: 'dd5ab3d8bd34a32d',
  items: [
    'dispose(handle: f64) -> void',
    'finalize(handle: f64) -> void',
    'hold(handle: f64, held: boolean) -> void',
    'isHeld(handle: f64) -> boolean',
    'cancel(call: u32) -> void',
    'abandoned(change: i32) -> void',
    'answer(reply: u64, ok: boolean, value: any) -> void',
    'prepare() -> void',
    'logLevel(level: u8) -> void',
    'counts() -> f64[]',
    'handles() -> [text, u32][]',
  ],
}
// </contract>
export { contract }
