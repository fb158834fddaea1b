// The engines as C has them: the header, both libraries, and the same results as on every other path.
import { randomInt } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildLibrary, compile, has, headers, linked, start, STRICT, type Library } from './capi/library.js'
import { configRows } from './capi/rows-config.js'
import { hashRows } from './capi/rows-hash.js'
import { systemRows } from './capi/rows-system.js'
import { tlRows } from './capi/rows-tl.js'
import { Random } from './capi/rows.js'
import { pages, tableBelow } from './docs/markdown.js'

const FUNCTIONS = [
  ['api_version', 'startup_handshake', 'get_concurrency_boundary', 'get_network_boundary', 'net_epoll_conv_flags'],
  ['net_epoll_unconv_flags', 'net_timers_wait_msec', 'msg_buffers_pick_size_index', 'crc32_partial', 'crc32c_partial'],
  ['pid_init_common', 'pid_init_client', 'pid_init_server', 'matches_pid', 'process_id_is_newer', 'cpuid_fill', 'md5'],
  ['md5_hex', 'md5_hmac', 'sha1', 'sha1_two_chunks', 'sha256', 'sha256_two_chunks', 'sha256_hmac'],
  ['get_utime_monotonic', 'get_double_time', 'get_utime', 'get_precise_time', 'precise_now_value'],
  ['precise_now_rdtsc_value', 'precise_time_value', 'precise_time_rdtsc_value', 'cfg_skipspc', 'cfg_skspc'],
  ['cfg_getword_len', 'cfg_getstr_len', 'cfg_getint', 'cfg_getint_zero', 'cfg_getint_signed_zero'],
  ['tl_parse_query_header', 'tl_parse_answer_header', 'parse_proc_stat_line', 'read_proc_stat_file', 'parse_statm'],
  ['parse_meminfo_summary', 'format_log_prefix'],
]
  .flat()
  .map((name) => `ferrule_${name}`)
  .sort()

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))
console.log('seed', seed)
const folder = mkdtempSync(join(tmpdir(), 'ferrule-capi-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('the functions', () => {
  it('are those of the header, once each, and of the page', () => {
    expect(FUNCTIONS).toHaveLength(46)
    const declared = readFileSync(join(headers, 'ferrule.h'), 'utf8').matchAll(/^\w+ (ferrule_\w+)\(/gm)
    expect([...declared].map(([, name]) => name).sort()).toEqual(FUNCTIONS)
    const page = pages().find(({ path }) => path === 'docs/systems/capi.md')
    const documented = tableBelow(page ?? { path: '', text: '' }, 'Functions').map(([ours = '']) =>
      ours.replaceAll('`', ''),
    )
    expect(documented.sort()).toEqual(FUNCTIONS)
  })
})

describe.skipIf(process.platform !== 'linux' || !has('gcc'))('the library', () => {
  let library: Library
  beforeAll(() => {
    library = buildLibrary()
  })

  it('exports the functions and nothing else, and is known by its name', () => {
    const { status, stdout } = start('nm', ['-D', '--defined-only', library.shared])
    expect(status).toBe(0)
    expect([...stdout.matchAll(/ [A-Z] (\S+)$/gm)].map(([, name]) => name).sort()).toEqual(FUNCTIONS)
    expect(start('readelf', ['-d', library.shared]).stdout).toContain('soname: [libferrule.so]')
  })

  describe.each(['shared', 'static'] as const)('%s', (kind) => {
    const program = join(folder, `checks-${kind}`)

    it('has sizes, offsets and results as a C program expects them', () => {
      expect(compile('checks', program, linked[kind](library))).toMatchObject({ status: 0, stdout: '', stderr: '' })
      const ended = start(program, [])
      expect(ended).toMatchObject({ status: 0, signal: null, stderr: '' })
      const [, made] = /^(\d+) made, 0 failed\n$/.exec(ended.stdout) ?? []
      expect(Number(made), ended.stdout).toBeGreaterThan(2000)
    })

    it.skipIf(!has('valgrind'))('reads and writes where it may, and keeps nothing', () => {
      const { status, stdout, stderr } = start('valgrind', [
        '--quiet',
        '--leak-check=full',
        '--error-exitcode=9',
        program,
      ])
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout).toMatch(/ made, 0 failed\n$/)
    })
  })

  it('does what the page shows', () => {
    const program = join(folder, 'example')
    expect(compile('example', program, linked.shared(library))).toMatchObject({ status: 0, stderr: '' })
    expect(start(program, [])).toMatchObject({ status: 0, stdout: 'cbf43926\nnot a whole line\n' })
  })

  it.skipIf(!has('g++'))('has a header that is C++ as well', () => {
    const source = join(folder, 'host.cpp')
    writeFileSync(
      source,
      '#include "ferrule.h"\nint main() { return ferrule_startup_handshake(FERRULE_API_VERSION); }\n',
    )
    const program = join(folder, 'host')
    const flags = ['-std=c++11', ...STRICT, source, '-o', program, ...linked.static(library), '-lpthread']
    expect(start('g++', flags)).toMatchObject({ status: 0, stderr: '' })
    expect(start(program, [])).toMatchObject({ status: 0, signal: null })
  })

  it('has a header that refuses a compiler that lays structures out otherwise', () => {
    const { status, stderr } = compile('checks', join(folder, 'packed'), [], '-fpack-struct', '-fsyntax-only')
    expect(status).not.toBe(0)
    expect(stderr).toContain('static assertion failed: "sizeof(ferrule_tl_header_parse_result) == 240"')
  })

  describe('comes to the same results as every other path', () => {
    const rows = [...hashRows, ...configRows, ...tlRows, ...systemRows]
    const program = join(folder, 'answers')
    beforeAll(() => {
      expect(compile('answers', program, linked.shared(library))).toMatchObject({ status: 0, stderr: '' })
    })

    it.each(rows)('$name', ({ name, call }) => {
      const random = new Random(seed ^ name.length)
      const calls = Array.from({ length: 500 }, () => call(random))
      const { status, stdout, stderr } = start(program, [], `${calls.map(({ line }) => line).join('\n')}\n`)
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      const answers = stdout.split('\n').slice(0, -1)
      expect(answers).toHaveLength(calls.length)
      for (const [index, { line, expected }] of calls.entries()) {
        for (const [path, result] of Object.entries(expected))
          expect({ path, line, result: answers[index] }).toEqual({ path, line, result })
      }
      // A row whose inputs all come to the same would show nothing.
      expect(new Set(answers).size).toBeGreaterThan(1)
    })

    it.skipIf(!has('valgrind'))('without a step beyond any input', () => {
      const random = new Random(seed)
      const input = rows.flatMap(({ call }) => Array.from({ length: 20 }, () => call(random).line)).join('\n')
      const { status, stderr } = start('valgrind', ['--quiet', '--error-exitcode=9', program], `${input}\n`)
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    })
  })
})
