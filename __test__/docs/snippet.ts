import { transformSync } from 'esbuild'
import { spawn } from 'node:child_process'
import ts from 'typescript'
import { root, type Block } from './markdown.js'

/** How a snippet ended. */
export interface Ending {
  readonly code: number | null
  readonly output: string
  /** Claims that were looked at and held. */
  readonly held: number
}

/** A snippet in the language Node runs, with its claims turned into checks. */
export interface Program {
  readonly source: string
  readonly format: 'commonjs' | 'module'
  readonly claims: number
}

const CLAIM = /^\/\/ (?:→ (?<value>.+)|throws (?<code>ERR_[A-Z0-9_]+))$/
const CLAIMS_MODULE = './__test__/docs/claims.mjs'

/**
 * Turns what a snippet says in comments into checks: `expression // → literal` and `statement // throws ERR_CODE`.
 *
 * @throws Error for a claim nothing could check, so that none looks checked and is not.
 */
export function programOf(block: Block): Program {
  const file = ts.createSourceFile('snippet.ts', block.code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
  const { code, claims } = withChecks(file, block)
  const written = block.code.split('\n').filter((line) => /\/\/ (→|throws ERR_)/.test(line)).length
  if (claims !== written) {
    throw new Error(
      `${block.page}:${block.line}: ${written} claims are written and ${claims} can be checked; a claim stands behind a ` +
        `whole statement, outside any function`,
    )
  }
  const format = /\brequire\(/.test(block.code) ? 'commonjs' : 'module'
  const names = '{ equal: __equal, throws: __throws }'
  const checked =
    format === 'module'
      ? `import * as __claims from '${CLAIMS_MODULE}'; const ${names} = __claims; ${code}`
      : `(async () => { const ${names} = await import('${CLAIMS_MODULE}'); ${code}\n})()`
  const { code: source } = transformSync(checked, {
    loader: 'ts',
    format: format === 'module' ? 'esm' : 'cjs',
    target: 'node20.20',
    // An import that only a claim's type needs must still be there to be looked at.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  })
  return { source, format, claims }
}

function withChecks(file: ts.SourceFile, block: Block): { code: string; claims: number } {
  let claims = 0
  let code = ''
  let copied = 0
  const visit = (node: ts.Node): void => {
    // Inside a function a claim might never be reached.
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return
    const check = ts.isStatement(node) && !ts.isBlock(node) ? checkOf(node) : undefined
    if (check === undefined) {
      ts.forEachChild(node, visit)
      return
    }
    claims += 1
    code += file.text.slice(copied, node.getStart(file)) + check
    copied = node.getEnd()
  }

  const checkOf = (statement: ts.Statement): string | undefined => {
    const [comment] = ts.getTrailingCommentRanges(file.text, statement.getEnd()) ?? []
    if (comment === undefined) return undefined
    const claim = CLAIM.exec(file.text.slice(comment.pos, comment.end))?.groups
    if (claim === undefined) return undefined
    const place = `'${block.page}:${block.line + file.getLineAndCharacterOfPosition(statement.getStart(file)).line}'`
    if (claim['code'] !== undefined) {
      return `await __throws(async () => { ${statement.getText(file)} }, '${claim['code']}', ${place});`
    }
    if (!ts.isExpressionStatement(statement)) return undefined
    const value = claim['value'] ?? ''
    if (!isLiteral(value)) throw new Error(`${place}: "${value}" is no literal, so the claim could be true by itself`)
    return `__equal(${statement.expression.getText(file)}, ${value}, ${place});`
  }

  ts.forEachChild(file, visit)
  return { code: code + file.text.slice(copied), claims }
}

/** Whether a text is one literal, or arrays and objects of them. */
function isLiteral(text: string): boolean {
  const file = ts.createSourceFile('literal.ts', `(${text})`, ts.ScriptTarget.Latest, true)
  const [statement, ...others] = file.statements
  const plain = (node: ts.Node): boolean => {
    if (ts.isParenthesizedExpression(node) || ts.isPrefixUnaryExpression(node)) {
      return plain(ts.isParenthesizedExpression(node) ? node.expression : node.operand)
    }
    if (ts.isArrayLiteralExpression(node)) return node.elements.every(plain)
    if (ts.isObjectLiteralExpression(node)) {
      return node.properties.every((property) => ts.isPropertyAssignment(property) && plain(property.initializer))
    }
    if (ts.isIdentifier(node)) return node.text === 'undefined' || node.text === 'Infinity' || node.text === 'NaN'
    const { TrueKeyword, FalseKeyword, NullKeyword } = ts.SyntaxKind
    return ts.isLiteralExpression(node) || [TrueKeyword, FalseKeyword, NullKeyword].includes(node.kind)
  }
  return (
    others.length === 0 && statement !== undefined && ts.isExpressionStatement(statement) && plain(statement.expression)
  )
}

/** Runs a program as a reader would: a process of its own, in the package's folder so that `ferrule` is found. */
export async function run({ source, format }: Program): Promise<Ending> {
  const child = spawn(process.execPath, [`--input-type=${format}`, '-'], { cwd: root, timeout: 60_000 })
  let output = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (output += data.toString()))
  child.stdin.end(source)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const held = [...output.matchAll(/^claim holds$/gm)].length
  return { code, output: output.replaceAll(/^claim holds\n/gm, ''), held }
}

/** What a consumer's compiler says of the snippets, as `page:line: message`. */
export function typeErrorsOf(blocks: readonly Block[]): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
  }
  // In the package's folder by name only: nothing is written.
  const files = new Map(blocks.map((block, index) => [`${root}/snippet-${index}.mts`.replaceAll('\\', '/'), block]))
  const disk = ts.createCompilerHost(options)
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => files.has(path) || disk.fileExists(path),
    readFile: (path) => files.get(path)?.code ?? disk.readFile(path),
    getSourceFile: (path, version, ...rest) => {
      const block = files.get(path)
      if (block === undefined) return disk.getSourceFile(path, version, ...rest)
      // A module even without imports: names of one snippet are not seen by another.
      return ts.createSourceFile(path, `${block.code}\nexport {}`, version, true)
    },
  }
  const program = ts.createProgram({ rootNames: [...files.keys()], options, host })
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, '\n')
    const block = file === undefined ? undefined : files.get(file.fileName)
    if (file === undefined || block === undefined) return message
    return `${block.page}:${block.line + file.getLineAndCharacterOfPosition(start).line}: ${message}`
  })
}
