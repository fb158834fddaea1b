/** Who takes part, as the tables name them. */
export const CONTENDERS = {
  ferrule: 'ferrule/sys',
  javascript: 'node:fs readFileSync, split, Number',
  keptOpen: 'the same, file kept open',
}
