/** From the rounds' raw costs to one figure per round and comparison, always between turns of the same cycle. */
import { median } from './statistics.mjs'

const MEASURES = {
  /** How many times the rival's time the subject takes. */
  ratio: (subject, rival) => subject / rival,
  /** How many times faster the subject is. */
  speedup: (subject, rival) => rival / subject,
  /** Nanoseconds the subject takes longer. */
  difference: (subject, rival) => subject - rival,
}

/**
 * @param {Record<string, Record<string, number[]>>[]} rounds by row and contender: one cost per cycle
 * @param {{ row: string, subject: string, rival: string, measure: keyof typeof MEASURES }} comparison
 * @returns {number[]} one figure per round; empty when either side did not run
 */
function compareRounds(rounds, { row, subject, rival, measure }) {
  return rounds.flatMap((round) => {
    const subjects = round[row]?.[subject]
    const rivals = round[row]?.[rival]
    if (!subjects || !rivals) return []
    return median(subjects.map((cost, cycle) => MEASURES[measure](cost, rivals[cycle])))
  })
}

/**
 * @param {Record<string, Record<string, number[]>>[]} costs of every round
 * @param {{ row: string, title: string }[]} rows
 * @param {(row: object) => string[]} namesOf who takes part in a row
 * @param comparisons as in {@link compareRounds}; what else they say is left out
 * @returns the rows and comparisons as results hold them
 */
export function resultsOf(costs, rows, namesOf, comparisons) {
  return {
    rows: rows.map((each) => {
      const { row, title } = each
      return { row, title, costs: Object.fromEntries(namesOf(each).map((name) => [name, costsOf(costs, row, name)])) }
    }),
    comparisons: comparisons.map(({ row, subject, rival, measure }) => {
      const comparison = { row, subject, rival, measure }
      return { ...comparison, rounds: compareRounds(costs, comparison) }
    }),
  }
}

/** Nanoseconds per operation of one contender, one figure per round. */
function costsOf(rounds, row, contender) {
  return rounds.flatMap((round) => (round[row]?.[contender] ? median(round[row][contender]) : []))
}
