/** Generated text through the real formatters: prettier for TypeScript and JSON, rustfmt for Rust. */
import { extname } from 'node:path'
import { CommandError } from '../commands/command-error.js'
import { exitCodes } from '../commands/exit-codes.js'
import { loadTool } from './npm-tools.js'
import { runProcess } from './process.js'

/** The part of prettier that is used. */
interface Prettier {
  format: (source: string, options: Record<string, unknown>) => Promise<string>
}

export interface FormatContext {
  /** The package that is written: its own prettier is preferred. */
  readonly packageFolder: string
  readonly cwd: string
  readonly signal: AbortSignal
}

const parsers: Readonly<Record<string, string>> = {
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.js': 'babel',
  '.mjs': 'babel',
  '.cjs': 'babel',
  '.json': 'json',
}

/** Formats every file there is a formatter for; the others stay as they are. Nothing is written. */
export async function formatFiles(
  files: ReadonlyMap<string, string>,
  context: FormatContext,
): Promise<Map<string, string>> {
  const formatted = new Map<string, string>()
  const rust = formatAllRust(files, context)
  // Awaited last: until then nobody hears that it failed.
  rust.catch(() => undefined)
  let prettier: Prettier | undefined
  for (const [path, text] of files) {
    const parser = parsers[extname(path)]
    if (path.endsWith('.rs')) {
      // Its place among the others; the text comes when rustfmt is done.
      formatted.set(path, text)
    } else if (parser === undefined) {
      formatted.set(path, text)
    } else {
      prettier ??= loadTool('prettier', context.packageFolder, context.cwd) as Prettier
      formatted.set(path, await formatWith(prettier, path, text, parser))
    }
  }
  for (const [path, text] of await rust) formatted.set(path, text)
  return formatted
}

/** rustfmt is a process of its own: it works while prettier does. */
function formatAllRust(
  files: ReadonlyMap<string, string>,
  context: FormatContext,
): Promise<readonly (readonly [string, string])[]> {
  const rust = Array.from(files).filter(([path]) => path.endsWith('.rs'))
  return Promise.all(rust.map(async ([path, text]) => [path, await formatRust(path, text, context)] as const))
}

async function formatWith(prettier: Prettier, path: string, text: string, parser: string): Promise<string> {
  try {
    return await prettier.format(text, {
      parser,
      semi: false,
      singleQuote: true,
      printWidth: 120,
      trailingComma: 'all',
    })
  } catch (error) {
    throw new CommandError(
      exitCodes.generator,
      `what was generated for ${path} cannot be parsed: ${messageOf(error)}`,
      {
        wayOut: 'this is a fault of the generator; please report it with the spec',
        cause: error,
      },
    )
  }
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
  throw new CommandError(
    exitCodes.generator,
    `what was generated for ${path} cannot be parsed:\n${stderr.split('\n').slice(0, 12).join('\n')}`,
    { wayOut: 'this is a fault of the generator; please report it with the spec' },
  )
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
