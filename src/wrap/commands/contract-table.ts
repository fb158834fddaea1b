/** What a binary promises, as `ferrule doctor` prints it. */
import type { SystemContract } from '../../boundary/contract.js'

const has = (mask: number, bit: number): boolean => ((mask >>> bit) & 1) === 1

/** Three tables: the systems, their groups of operations, and the comparisons of faster implementations with their references. */
export function contractTable(contracts: readonly SystemContract[]): string[] {
  const groups = contracts.flatMap(({ system, groups }) => groups.map((group) => ({ system, ...group })))
  const reports = contracts.flatMap(({ system, reports }) => reports.map((report) => ({ system, ...report })))
  return [
    'What the binary promises:',
    ...table(
      ['system', 'API version', 'digest', 'exports'],
      contracts.map(({ system, apiVersion, digest, items }) => [system, `${apiVersion}`, digest, `${items.length}`]),
    ),
    ...titled('Groups of operations, ✔ those that are there:', [
      ['group', 'contract', 'implemented', 'operations'],
      ...groups.map(({ system, name, operations, contract, implemented }) => [
        `${system}.${name}`,
        hex(contract),
        hex(implemented),
        operations.map((operation, bit) => `${has(implemented, bit) ? '✔' : '✘'} ${operation}`).join(', '),
      ]),
    ]),
    ...titled('Faster implementations, compared with their references before use:', [
      ['computes', 'implementation', 'agreed on', 'in use'],
      ...reports.map(({ system, name, candidate, agreed, difference }) => [
        `${system}.${name}`,
        candidate,
        `${agreed} inputs`,
        difference === null
          ? '✔'
          : `✘ the reference: for ${difference.input} expected ${difference.expected}, found ${difference.found}`,
      ]),
    ]),
    '',
  ]
}

const hex = (mask: number): string => `0x${mask.toString(16)}`

function titled(title: string, [head = [], ...rows]: string[][]): string[] {
  return rows.length === 0 ? [] : ['', title, ...table(head, rows)]
}

/** Columns as wide as their widest cell. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  return [head, ...rows].map(
    (row) =>
      `  ${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}`,
  )
}
