/** Whether figures keep a bound, given how far they spread. */
import { summary } from './statistics.mjs'

/** Quartiles further apart than this share of the median tell too little: such a run would keep almost any bound. */
const LARGEST_SPREAD = 0.5

/**
 * @param {object} promise
 * @param {{ atMost?: number, atLeast?: number, worst?: boolean }} promise.bound `worst`: every figure has to keep it
 * @param {number[]} promise.values one figure per round
 * @param {number[]} [promise.ceiling] the most that can be reached, one figure per round; empty when nothing limits it
 * @param {number} [promise.allowance] what the machine alone adds to each figure
 * @returns {{ kept: boolean, verdict: string, text: string }}
 */
export function judge({ bound, values, ceiling = [], allowance = 0 }) {
  const { atMost, atLeast, worst = false } = bound
  const wanted = atMost !== undefined ? `at most ${atMost}` : `at least ${atLeast}`
  if (values.length === 0) return { kept: false, verdict: 'NOT MEASURED', text: wanted }

  const { median, q1, q3 } = summary(values)
  const figures = `median ${median.toFixed(3)}, quartiles ${q1.toFixed(3)} to ${q3.toFixed(3)}`
  if (worst) return judgeWorst({ atMost, wanted, figures, values, allowance })

  const text = `${wanted}; ${figures}`
  if (ceiling.length > 0 && summary(ceiling).q3 < atLeast) {
    return {
      kept: true,
      verdict: 'out of reach',
      text: `${text}; the ceiling is ${summary(ceiling).median.toFixed(3)}`,
    }
  }
  const keeps = (value) => (atMost !== undefined ? value <= atMost : value >= atLeast)
  // With the whole middle half on the right side it does not matter how wide that half is.
  if (keeps(q1) && keeps(q3)) return { kept: true, verdict: 'kept', text }
  if (q3 - q1 > LARGEST_SPREAD * Math.abs(median)) return { kept: false, verdict: 'TOO NOISY', text }
  if (keeps(median)) return { kept: true, verdict: 'kept', text }
  return keeps(q1) || keeps(q3)
    ? { kept: true, verdict: 'within spread', text }
    : { kept: false, verdict: 'MISSED', text }
}

function judgeWorst({ atMost, wanted, figures, values, allowance }) {
  const largest = Math.max(...values)
  const text = `${wanted}; ${figures}, worst ${largest.toFixed(3)}, this machine alone ${allowance.toFixed(3)}`
  if (allowance > atMost) return { kept: false, verdict: 'TOO NOISY', text }
  return largest <= atMost + allowance
    ? { kept: true, verdict: 'kept', text }
    : { kept: false, verdict: 'MISSED', text }
}
