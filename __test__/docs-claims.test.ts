// What the documentation says of the code in tables, links and names, compared with the code.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { pages, proseOf, root, tableBelow, type Page } from './docs/markdown.js'

const all = pages()
const pageAt = (path: string): Page => {
  const found = all.find((page) => page.path === path)
  if (found === undefined) throw new Error(`${path} is missing`)
  return found
}
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const filesBelow = (folder: string, extension: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(extension) && !path.includes('node_modules') && !path.includes('target'))
    .map((path) => join(folder, path))
/** The text of a cell that is one piece of code. */
const codeIn = (cell = ''): string => /^`(.*)`$/.exec(cell)?.[1] ?? cell

describe('links', () => {
  const links = all.flatMap((page) =>
    [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => ({ from: page.path, target }))
      .filter(({ target }) => !/^https?:/.test(target)),
  )

  it.each(links)('$from leads to $target', ({ from, target }) => {
    const [path = '', anchor] = target.split('#')
    const file = path === '' ? from : join(dirname(from), path).replaceAll('\\', '/')
    expect(existsSync(join(root, file))).toBe(true)
    if (anchor !== undefined) expect(anchorsOf(read(file))).toContain(anchor)
  })

  /** As GitHub makes them: lower case, spaces to hyphens, punctuation gone. */
  function anchorsOf(text: string): string[] {
    return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    )
  }
})

describe('paths', () => {
  const paths = all.flatMap((page) =>
    [...proseOf(page).matchAll(/`((?:crates|src|scripts|__test__|bench|examples|docs|npm|\.github)\/[^`\s]*)`/g)]
      .map(([, path = '']) => ({ from: page.path, path }))
      // `src/<system>/` stands for many.
      .filter(({ path }) => !/[<*…]/.test(path)),
  )

  it.each(paths)('$from: $path is there', ({ path }) => {
    expect(existsSync(join(root, path))).toBe(true)
  })
})

describe('the table of error codes', () => {
  const documented = [
    ...tableBelow(pageAt('docs/boundary.md'), 'Codes'),
    ...tableBelow(pageAt('docs/wrap.md'), 'Why a crate cannot be read'),
  ].map(([code]) => codeIn(code))
  // Codes of Node itself, which the loader reads and never gives.
  const nodesOwn = ['ERR_DLOPEN_DISABLED', 'ERR_DLOPEN_FAILED', 'ERR_ACCESS_DENIED']
  const sources = [
    // Of the generator only what reads crates has codes of its own; the rest of it speaks of those in packages.
    ...filesBelow('src', '.ts').filter((path) => !path.startsWith('src/wrap/') || path.startsWith('src/wrap/read/')),
    ...filesBelow('src', '.rs'),
    ...filesBelow('crates/core/src', '.rs'),
    ...filesBelow('crates/node/src', '.rs'),
  ]
  const used = new Set(sources.flatMap((path) => read(path).match(/(?<=["'])ERR_[A-Z0-9_]+(?=["'])/g) ?? []))
  for (const code of nodesOwn) used.delete(code)

  it('has every code once', () => {
    expect([...documented].sort()).toEqual([...used].sort())
  })

  it('has no code twice', () => {
    expect(documented).toHaveLength(new Set(documented).size)
  })
})

describe('the table of types', () => {
  const rows = tableBelow(pageAt('docs/boundary.md'), 'Types')
  const items = (JSON.parse(read('__test__/testkit/contract.json')) as { items: string[] }[]).flatMap(
    (contract) => contract.items,
  )
  const patternOf = (contract: string): RegExp => {
    const shapes: Record<string, RegExp> = {
      'T?': /\w\?/,
      'T[]': /\w\[\]/,
      'T[N]': /\w\[\d+\]/,
      'bytes[N]': /\bbytes\[\d+\]/,
      '["a", A] | ["b"]': /\["\w+", \w+\] \| \["\w+"/,
      '[A, B]': /: \[\w+, \w+\]/,
      '"a" | "b"': /"\w+" \| "\w+"/,
      'handle T': /: handle \w+/,
      'exclusive handle T': /: exclusive handle \w+/,
      'sync (A) => R': /: sync \(/,
      'blocking (A) => R': /: blocking \(/,
      'queued (A) => void': /: queued \(.*\) => void/,
      void: /-> void$/,
    }
    return shapes[contract] ?? new RegExp(`\\b${contract}\\b`)
  }

  it.each(rows.map(([rust, contract]) => ({ rust, contract: codeIn(contract) })))(
    '$contract is a name in contracts',
    ({ contract }) => {
      expect(items.filter((item) => patternOf(contract).test(item))).not.toEqual([])
    },
  )

  it('leaves out no type that a contract has', () => {
    const documented = new Set(rows.map(([, contract]) => codeIn(contract)))
    const plain = items.flatMap((item) =>
      [...item.matchAll(/(?:: |-> )([a-zA-Z]\w*)(?=[?[\],)]|$)/g)].map(([, type]) => type),
    )
    expect([...new Set(plain)].filter((type) => type !== undefined && !documented.has(type))).toEqual([])
  })
})

describe('the table of limits', () => {
  const rows = tableBelow(pageAt('docs/boundary.md'), 'Limits').map(([what = '', value = '', constant = '']) => {
    const [, name = '', path = ''] = /^`(\w+)` in `(.+)`$/.exec(constant) ?? []
    return { what, value, name, path }
  })

  it.each(rows)('$what: $value', ({ value, name, path }) => {
    const declared = new RegExp(`\\bconst ${name}\\b(?:: [\\w ]+)? = (.+)$`, 'm').exec(read(path))?.[1]
    expect(value).toBe(declared === undefined ? `no ${name} in ${path}` : written(declared))
  })

  /** A constant of the source as the table writes it. */
  function written(declared: string): string {
    const [, unit, count] = /^Duration::from_(\w+)\((\d+)\)/.exec(declared) ?? []
    if (unit !== undefined) return `${count ?? ''} ${{ millis: 'ms', secs: 's', micros: 'µs' }[unit] ?? unit}`
    const [expression = ''] = /^[\d\s_()*<+{}-]+/.exec(declared) ?? []
    return Number(runInNewContext(expression.replaceAll(/[_{}]/g, ''))).toLocaleString('en')
  }
})

describe('the measured tables', () => {
  it('of the README are those of the committed results', () => {
    const checked = spawnSync(process.execPath, [join(root, 'scripts', 'docs.mjs'), '--check'], { encoding: 'utf8' })
    expect({ status: checked.status, stderr: checked.stderr }).toEqual({ status: 0, stderr: '' })
  })
})
