/** The Rust examples in an item's documentation, as rustdoc would run them. */

export interface Example {
  /** The code that runs: hidden lines without their `#`. */
  readonly code: string
  /** Why it is not run as it stands: `ignore`, `should_panic`. */
  readonly skip: string | undefined
}

export function examplesIn(docs: string): Example[] {
  const lines = docs.split('\n')
  const examples: Example[] = []
  let at = 0
  while (at < lines.length) {
    const fence = openingFence(lines[at] ?? '')
    at += 1
    if (fence === undefined) continue
    const body: string[] = []
    while (at < lines.length && !closes(lines[at] ?? '', fence)) {
      body.push(lines[at] ?? '')
      at += 1
    }
    at += 1
    const info = readInfo(fence.info)
    if (info.rust) {
      examples.push({ code: body.map((line) => visible(dedent(line, fence.indent))).join('\n'), skip: info.skip })
    }
  }
  return examples
}

interface Fence {
  readonly mark: string
  readonly length: number
  readonly indent: number
  readonly info: string
}

function openingFence(line: string): Fence | undefined {
  const text = line.trimStart()
  const mark = text.charAt(0)
  if (mark !== '`' && mark !== '~') return undefined
  const length = runOf(text, mark)
  const info = text.slice(length).trim()
  // Backticks after backticks are inline code.
  if (length < 3 || (mark === '`' && info.includes('`'))) return undefined
  return { mark, length, indent: line.length - text.length, info }
}

function closes(line: string, fence: Fence): boolean {
  const text = line.trim()
  return text.length >= fence.length && runOf(text, fence.mark) === text.length
}

function runOf(text: string, mark: string): number {
  let length = 0
  while (text.charAt(length) === mark) length += 1
  return length
}

function dedent(line: string, indent: number): string {
  let at = 0
  while (at < indent && line.charAt(at) === ' ') at += 1
  return line.slice(at)
}

/** `# use x;` is run and not shown; `##` is a `#`; `#[…]` is an attribute. */
function visible(line: string): string {
  const text = line.trimStart()
  if (text === '#' || text.startsWith('# ')) return text.slice(2)
  return text.startsWith('##') ? line.replace('##', '#') : line
}

const plain = ['rust', 'test_harness', 'standalone', 'standalone_crate']
const skips = ['ignore', 'no_run', 'compile_fail', 'should_panic']

function readInfo(info: string): { rust: boolean; skip: string | undefined } {
  const words = info.split(/[\s,{}]/).filter((word) => word !== '' && !word.startsWith('.'))
  const skip = skips.find((name) =>
    words.some((word) => word === name || (name === 'ignore' && word.startsWith('ignore-'))),
  )
  const rust = words.every(
    (word) =>
      plain.includes(word) ||
      skips.includes(word) ||
      word.startsWith('ignore-') ||
      word.startsWith('edition') ||
      isErrorCode(word),
  )
  return { rust: rust || words.includes('rust'), skip }
}

/** `E0382` beside `compile_fail`. */
const isErrorCode = (word: string): boolean => word.startsWith('E') && Number.isInteger(Number(word.slice(1)))
