/** Findings as a person reads them. */
import type { Finding } from './finding.js'

/**
 * One block each: `file:line:column  kind  message`, then what the spec says, what the crate has and the change to make. The
 * last line counts; without findings the text is empty.
 */
export function formatFindings(findings: readonly Finding[], file: string): string {
  if (findings.length === 0) return ''
  const blocks = findings.map((finding) =>
    [
      `${file}:${String(finding.place.line)}:${String(finding.place.column)}  ${label(finding)}  ${finding.item}: ${finding.message}`,
      `    spec   ${finding.expected}`,
      `    crate  ${finding.found}`,
      `    do     ${finding.change}${finding.fix === undefined ? '' : '  (--fix does it)'}`,
    ].join('\n'),
  )
  return `${blocks.join('\n')}\n${summary(findings)}\n`
}

const label = (finding: Finding): string => (finding.severity === 'warning' ? `warning ${finding.kind}` : finding.kind)

function summary(findings: readonly Finding[]): string {
  const warnings = findings.filter((finding) => finding.severity === 'warning').length
  const errors = findings.length - warnings
  const fixable = findings.filter((finding) => finding.fix !== undefined).length
  return [
    counted(errors, 'mismatch', 'mismatches'),
    ...(warnings > 0 ? [counted(warnings, 'warning', 'warnings')] : []),
    ...(fixable > 0 ? [`${String(fixable)} can be fixed with --fix`] : []),
  ].join(', ')
}

const counted = (number: number, one: string, many: string): string => `${String(number)} ${number === 1 ? one : many}`
