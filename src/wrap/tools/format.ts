/** Generated text through the real formatters: oxfmt for TypeScript and JSON, rustfmt for Rust. */
import { extname } from 'node:path'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import { loadTool } from './npm-tools.js'
import { runProcess } from './process.js'

/** The part of oxfmt that is used. */
interface Oxfmt {
  format: (
    fileName: string,
    source: string,
    options: Readonly<Record<string, unknown>>,
  ) => Promise<{
    readonly code: string
    readonly errors: readonly { readonly message: string; readonly codeframe?: string | null }[]
  }>
}

export interface FormatContext {
  /** The package that is written: its own oxfmt is preferred. */
  readonly packageFolder: string
  readonly cwd: string
  readonly signal: AbortSignal
}

const printedByOxfmt = new Set(['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'])

const oxfmtOptions = {
  semi: false,
  singleQuote: true,
  printWidth: 120,
  trailingComma: 'all',
  // What a package.json lists first is ours to say, and a template literal is text of the crate's.
  sortPackageJson: false,
  embeddedLanguageFormatting: 'off',
} as const

/** Formats every file there is a formatter for; the others stay as they are. Nothing is written. */
export async function formatFiles(
  files: ReadonlyMap<string, string>,
  context: FormatContext,
): Promise<Map<string, string>> {
  // All at once: rustfmt is a process of its own, and oxfmt works on threads of its own.
  const formatted = await Promise.all(
    Array.from(files, async ([path, text]) => [path, await formatFile(path, text, context)] as const),
  )
  return new Map(formatted)
}

function formatFile(path: string, text: string, context: FormatContext): string | Promise<string> {
  if (path.endsWith('.rs')) return formatRust(path, text, context)
  return printedByOxfmt.has(extname(path)) ? formatTypeScript(path, text, context) : text
}

async function formatTypeScript(path: string, text: string, context: FormatContext): Promise<string> {
  const oxfmt = (await loadTool('oxfmt', context.packageFolder, context.cwd)) as Oxfmt
  const { code, errors } = await oxfmt.format(path, text, oxfmtOptions)
  const [first] = errors
  if (first === undefined) return code
  throw unparsable(path, first.codeframe ?? first.message)
}

/** rustfmt reads the text from its standard input; 2024 is the edition of all that is generated. */
export async function formatRust(path: string, text: string, context: FormatContext): Promise<string> {
  const { status, stdout, stderr } = await runProcess(
    'rustfmt',
    ['--edition', '2024', '--config', 'max_width=120,use_small_heuristics=Max,newline_style=Unix'],
    { cwd: context.cwd, signal: context.signal, input: text },
    'rustup component add rustfmt',
  )
  if (status === 0) return stdout
  throw unparsable(path, stderr)
}

function unparsable(path: string, words: string): CommandError {
  const head = words.trim().split('\n').slice(0, 12).join('\n')
  return new CommandError(exitCodes.generator, `what was generated for ${path} cannot be parsed:\n${head}`, {
    wayOut: 'this is a fault of the generator; please report it with the spec',
  })
}
