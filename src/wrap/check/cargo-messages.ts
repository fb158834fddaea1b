/** What cargo says with `--message-format=json`, as far as it is used. */

export interface CompilerError {
  /** `E0308`; undefined for errors without one, such as lints. */
  readonly code: string | undefined
  /** The first line: `mismatched types`. */
  readonly message: string
  /** As the compiler prints it for people. */
  readonly rendered: string
  /** Where its primary span is: relative to the package. */
  readonly file: string | undefined
  readonly line: number | undefined
  /** Which package failed, as cargo identifies it. */
  readonly packageId: string
}

export interface CargoOutput {
  readonly errors: readonly CompilerError[]
  readonly warnings: number
  /** Files that were made: binaries and libraries. */
  readonly artifacts: readonly {
    readonly packageId: string
    readonly kinds: readonly string[]
    readonly files: readonly string[]
  }[]
}

interface Span {
  readonly file_name: string
  readonly line_start: number
  readonly is_primary: boolean
  readonly expansion?: { readonly span: Span } | null
}

interface CargoLine {
  readonly reason: string
  readonly package_id?: string
  readonly target?: { readonly kind: readonly string[] }
  readonly filenames?: readonly string[]
  readonly message?: {
    readonly level: string
    readonly message: string
    readonly rendered: string | null
    readonly code: { readonly code: string } | null
    readonly spans: readonly Span[]
  }
}

export function readCargoOutput(stdout: string): CargoOutput {
  const errors: CompilerError[] = []
  const artifacts: { packageId: string; kinds: readonly string[]; files: readonly string[] }[] = []
  let warnings = 0
  for (const text of stdout.split('\n')) {
    if (!text.startsWith('{')) continue
    const line = JSON.parse(text) as CargoLine
    const packageId = line.package_id ?? ''
    if (line.reason === 'compiler-artifact') {
      artifacts.push({ packageId, kinds: line.target?.kind ?? [], files: line.filenames ?? [] })
    }
    if (line.reason !== 'compiler-message' || line.message === undefined) continue
    const { level, message, rendered, code, spans } = line.message
    if (level === 'warning') warnings += 1
    if (!level.startsWith('error') || isSummary(message, spans)) continue
    const span = outermost(spans.find((candidate) => candidate.is_primary))
    errors.push({
      code: code?.code,
      message,
      rendered: rendered ?? message,
      file: span?.file_name.replaceAll('\\', '/'),
      line: span?.line_start,
      packageId,
    })
  }
  return { errors, warnings, artifacts }
}

/** `aborting due to 3 previous errors` stands for the others. */
const isSummary = (message: string, spans: readonly Span[]): boolean =>
  spans.length === 0 && (message.startsWith('aborting due to') || message.startsWith('could not compile'))

/** Inside a macro's expansion the span is in the macro's own file; where it was called is what can be mended. */
function outermost(span: Span | undefined): Span | undefined {
  let current = span
  while (current?.expansion) current = current.expansion.span
  return current
}
