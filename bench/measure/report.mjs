/** The tables a run prints and keeps: text for the terminal, Markdown for `bench/results`. */
import { summary } from './statistics.mjs'

const MEASURE_UNITS = { ratio: 'x the time', speedup: 'x as fast', difference: 'ns more' }

/** @returns {{ heading: string, columns: string[], lines: string[][] }[]} */
export function tablesOf({ rows, contenders, comparisons, readings = [] }) {
  const title = Object.fromEntries(rows.map((entry) => [entry.row, entry.title]))
  return [
    {
      heading: 'Time per operation: median of the rounds (quartiles)',
      columns: ['operation', ...Object.values(contenders)],
      lines: rows.map((row) => [row.title, ...Object.keys(contenders).map((name) => spread(row.costs[name], time))]),
    },
    {
      heading: 'Compared inside each round: median (quartiles)',
      columns: ['operation', 'who', 'over', 'figure'],
      lines: comparisons.filter(measured).map(({ row, subject, rival, measure, rounds }) => {
        return [
          title[row],
          contenders[subject],
          contenders[rival],
          `${spread(rounds, fixed)} ${MEASURE_UNITS[measure]}`,
        ]
      }),
    },
    {
      heading: 'Readings, in milliseconds: median (quartiles), worst',
      columns: ['reading', 'figure', 'worst'],
      lines: readings
        .filter(measured)
        .map(({ title, rounds }) => [title, spread(rounds, fixed), fixed(Math.max(...rounds))]),
    },
  ].filter(({ lines }) => lines.length > 0)
}

export function asText(tables) {
  return tables.map(({ heading, columns, lines }) => `${heading}\n\n${aligned([columns, ...lines])}\n`).join('\n')
}

export function asMarkdown({ name, machine, plan, how = eachProcess(plan), notes = [] }, tables) {
  const bars = (cells) => `| ${cells.join(' | ')} |`
  const parts = [
    `# Results: ${name}`,
    `Written by \`npm run bench\`. ${machineLine(machine)}`,
    `${plan.rounds} rounds, ${how}`,
    ...notes,
    ...tables.flatMap(({ heading, columns, lines }) => [
      `## ${heading}`,
      [bars(columns), bars(columns.map(() => '---')), ...lines.map(bars)].join('\n'),
    ]),
  ]
  return `${parts.join('\n\n')}\n`
}

const eachProcess = ({ cycles, batchMs }) =>
  `each a fresh process; in a round ${cycles} cycles in random order, each turn about ${batchMs} ms.`

export function machineLine({ processor, cores, memoryGiB, system, node, v8, date }) {
  return `${processor}, ${cores} cores, ${memoryGiB} GiB; ${system}; Node ${node} (V8 ${v8}); ${date}.`
}

const measured = ({ rounds }) => rounds.length > 0

function spread(values = [], format) {
  if (values.length === 0) return '–'
  const { median, q1, q3 } = summary(values)
  return `${format(median)} (${format(q1)}–${format(q3)})`
}

const fixed = (value) => value.toFixed(2)

function time(nanoseconds) {
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(1)} ns`
  if (nanoseconds < 1e6) return `${(nanoseconds / 1e3).toFixed(2)} us`
  return `${(nanoseconds / 1e6).toFixed(2)} ms`
}

function aligned(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
