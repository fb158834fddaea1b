// Packages built by hand, for the tests of what is printed.
import ts from 'typescript'
import type { ClassIr, ExportIr, MemberIr, Package, ParameterIr } from '../../src/wrap/ir/ir.js'
import type { RustType } from '../../src/wrap/model/rust-type.js'
import type { Mapping, MappingKind } from '../../src/wrap/rules/mapping.js'
import type { HandleEntry, Spec } from '../../src/wrap/spec/spec.js'
import { emitIndex, emitNative, emitSupport } from '../../src/wrap/generate/typescript.js'

const place = { line: 1, column: 1 }

export const rustPath = (path: string): RustType => ({ kind: 'path', path, lifetimes: [], args: [], bindings: [] })
export const primitive = (name: string): RustType => ({ kind: 'primitive', name })

/** A mapping whose Rust type does not matter. */
export const map = (kind: MappingKind, rust: RustType = primitive('str')): Mapping => ({ ...kind, rust, rule: 'test' })
export const text = map({ kind: 'text' })
export const boolean = map({ kind: 'boolean' })
export const nothing = map({ kind: 'void' })
export const number = (name: string): Mapping => map({ kind: 'number', name }, primitive(name))
export const optional = (of: Mapping): Mapping => map({ kind: 'option', of })
export const result = (of: Mapping): Mapping => map({ kind: 'result', of, error: rustPath('semver::Error') })
export const list = (of: Mapping): Mapping => map({ kind: 'list', of })
export const handle = (name: string, child = false): Mapping =>
  map({ kind: 'handle', name, by: 'ref', child }, rustPath(`semver::${name}`))

export interface MemberSketch {
  kind: MemberIr['kind']
  name: string
  params?: readonly (readonly [name: string, mapping: Mapping])[]
  returns?: Mapping
  docs?: string
  deprecated?: string
  runs?: ExportIr['runs']
  chains?: boolean
}

/** A member and its export. */
export function member(system: string, owner: string | undefined, sketch: MemberSketch): MemberIr {
  const capital = sketch.name.charAt(0).toUpperCase() + sketch.name.slice(1)
  const onObject = owner !== undefined && (sketch.kind === 'method' || sketch.kind === 'getter')
  const self: ParameterIr[] = onObject ? [{ name: 'self', mapping: handle(owner), isSelf: true }] : []
  const exported: ExportIr = {
    name: owner === undefined ? sketch.name : `${owner.charAt(0).toLowerCase()}${owner.slice(1)}${capital}`,
    call: onObject
      ? {
          kind: 'method',
          type: rustPath(`${system}::${owner}`),
          method: sketch.name,
          receiver: 'ref',
          consumes: false,
          chains: sketch.chains ?? false,
        }
      : { kind: 'function', path: [system, owner, sketch.name].filter(Boolean).join('::'), turbofish: [] },
    params: [...self, ...(sketch.params ?? []).map(([name, mapping]) => ({ name, mapping, isSelf: false }))],
    returns: sketch.returns ?? nothing,
    runs: sketch.runs ?? 'here',
    place,
    docs: sketch.docs ?? '',
    required: false,
  }
  return {
    name: sketch.name,
    kind: sketch.kind,
    export: exported,
    docs: sketch.docs ?? '',
    ...(sketch.deprecated === undefined ? {} : { deprecated: sketch.deprecated }),
    operation: [system, owner, ...(sketch.kind === 'constructor' ? [] : [sketch.name])].filter(Boolean).join('.'),
  }
}

export function classOf(
  system: string,
  name: string,
  doc: string,
  sketches: readonly MemberSketch[],
  parent?: string,
): ClassIr {
  const entry: HandleEntry = {
    place,
    doc,
    required: false,
    name,
    rustType: `${system}::${name}`,
    share: false,
    bound: false,
    clone: true,
  }
  return {
    name,
    entry,
    rustType: rustPath(`${system}::${name}`),
    consumable: false,
    ...(parent === undefined ? {} : { parent }),
    members: sketches.map((sketch) => member(system, name, sketch)),
  }
}

export function packageOf(parts: Partial<Package> & { system: string }): Package {
  const classes = parts.classes ?? []
  const members = parts.members ?? []
  const spec: Spec = {
    file: `${parts.system}.wrapper_spec`,
    lib: {
      place,
      name: parts.system,
      version: '0.1.0',
      lang: 'rust',
      rustCrate: parts.system,
      rustCrateVersion: '1.0.27',
    },
    crate: { place, features: [], defaultFeatures: true, dependencies: {} },
    api: 'generated',
    handles: classes.map(({ entry }) => entry),
    records: [],
    enums: [],
    errors: [],
    callbacks: [],
    instances: [],
    functions: [],
    methods: [],
    constants: [],
  }
  return {
    spec,
    errorClass: 'SemverError',
    errorCode: 'ERR_SEMVER',
    records: [],
    enums: [],
    errors: [],
    ...parts,
    classes,
    members,
    exports: [...classes.flatMap((item) => item.members), ...members].map((item) => item.export),
  }
}

/** Every sort of type and member that can be printed. */
export function semverPackage(): Package {
  const field = (name: string, mapping: Mapping) => ({ name, rust: name, mapping })
  const entry = { place, required: false, rustType: 'x', nonExhaustive: false, variants: [] }
  const version = classOf('semver', 'Version', 'A version.\n\n# Examples\n```\nlet v = Version::new(1, 0, 0);\n```', [
    {
      kind: 'constructor',
      name: 'new',
      params: [
        ['major', number('u64')],
        ['minor', number('u64')],
        ['patch', number('u64')],
      ],
      returns: handle('Version'),
      docs: 'Create a [`Version`] with an empty pre-release.',
    },
    {
      kind: 'static',
      name: 'parse',
      params: [['text', text]],
      returns: result(handle('Version')),
      docs: 'Create `Version` by parsing from string representation.\n\n# Errors\n\nWhen the text is no version.',
    },
    { kind: 'getter', name: 'major', returns: number('u64') },
    {
      kind: 'method',
      name: 'cmpPrecedence',
      params: [['other', handle('Version')]],
      returns: map({ kind: 'ordering' }),
    },
    { kind: 'method', name: 'toString', returns: text },
    { kind: 'method', name: 'setMajor', params: [['value', number('u64')]], chains: true, returns: handle('Version') },
    { kind: 'constant', name: 'ZERO', returns: handle('Version') },
    { kind: 'method', name: 'parts', returns: map({ kind: 'record', name: 'Parts' }) },
    { kind: 'method', name: 'cursor', returns: handle('Cursor', true) },
    { kind: 'method', name: 'cursors', returns: list(handle('Cursor', true)) },
  ])
  const req = classOf('semver', 'VersionReq', 'A requirement.', [
    { kind: 'static', name: 'parse', params: [['text', text]], returns: result(handle('VersionReq')) },
    {
      kind: 'method',
      name: 'matches',
      params: [['version', handle('Version')]],
      returns: boolean,
      deprecated: 'use *another*/',
    },
    {
      kind: 'method',
      name: 'best',
      params: [['versions', list(handle('Version'))]],
      returns: optional(handle('Version')),
    },
    {
      kind: 'method',
      name: 'slowly',
      runs: 'pool',
      params: [['of', optional(text)]],
      returns: result(handle('Version')),
    },
    { kind: 'method', name: 'later', runs: 'lane', params: [], returns: number('u32') },
    {
      kind: 'method',
      name: 'touch',
      runs: 'pool',
      chains: true,
      params: [['with', map({ kind: 'map', key: text, value: handle('Version') })]],
    },
  ])
  const cursor = classOf('semver', 'Cursor', '', [{ kind: 'method', name: 'next', returns: optional(text) }], 'Version')
  const shape = map({ kind: 'enum', name: 'Shape' })
  const functions: MemberIr[] = (
    [
      {
        kind: 'function',
        name: 'each',
        params: [
          ['op', map({ kind: 'enum', name: 'Op' })],
          ['parts', list(map({ kind: 'record', name: 'Parts' }))],
          [
            'visit',
            map({
              kind: 'callback',
              params: [handle('Version'), number('u8')],
              returns: optional(handle('Version')),
              policy: 'sync',
            }),
          ],
        ],
        returns: map({ kind: 'map', key: text, value: list(number('f64')) }),
      },
      {
        kind: 'function',
        name: 'delete',
        params: [
          ['native', map({ kind: 'tuple', items: [text, handle('Version')] })],
          ['class', optional(shape)],
          ['asked', map({ kind: 'callback', params: [shape], returns: shape, policy: 'blocking' })],
          ['told', map({ kind: 'callback', params: [text], returns: nothing, policy: 'queued' })],
        ],
        returns: map({ kind: 'tuple', items: [handle('Version'), optional(shape)] }),
      },
      {
        kind: 'function',
        name: 'later',
        runs: 'lane',
        params: [['until', map({ kind: 'date' })]],
        returns: list(shape),
      },
      { kind: 'constant', name: 'LIMIT', returns: number('u32') },
      { kind: 'constant', name: 'FIRST', returns: handle('Version') },
      { kind: 'constant', name: 'HUGE', returns: number('u64') },
    ] satisfies MemberSketch[]
  ).map((sketch) => member('semver', undefined, sketch))
  return packageOf({
    system: 'semver',
    classes: [version, req, cursor],
    members: functions,
    records: [
      {
        name: 'Parts',
        entry: { ...entry, name: 'Parts', doc: 'The parts.', fields: [], by: 'field' },
        rustType: rustPath('semver::Parts'),
        fields: [
          field('major', number('u64')),
          field('of', optional(handle('Version'))),
          field('shape', shape),
          field('not a name', map({ kind: 'bytes', length: 4 })),
        ],
      },
    ],
    enums: [
      {
        name: 'Op',
        entry: { ...entry, name: 'Op', doc: 'An operator.' },
        rustType: rustPath('semver::Op'),
        variants: ['exact', 'greater', "it's"].map((name) => ({ name, rust: name, shape: 'unit', fields: [] })),
        carriesData: false,
      },
      {
        name: 'Shape',
        entry: { ...entry, name: 'Shape' },
        rustType: rustPath('semver::Shape'),
        variants: [
          { name: 'none', rust: 'None', shape: 'unit', fields: [] },
          { name: 'circle', rust: 'Circle', shape: 'tuple', fields: [field('value', number('f64'))] },
          {
            name: 'between',
            rust: 'Between',
            shape: 'struct',
            fields: [field('from', handle('Version')), field('kind', text)],
          },
        ],
        carriesData: true,
      },
    ],
    errors: [{ place, required: false, rustType: 'semver::Error', code: 'ERR_SEMVER_PARSE', fields: ['text'] }],
  })
}

/** The files of a system, by the name they have in src/<system>/. */
export function filesOf(p: Package): Map<string, string> {
  return new Map([['native.ts', emitNative(p)], ['index.ts', emitIndex(p)], ...emitSupport(p)])
}

const ADDON = `import { attachAddon } from 'ferrule/boundary'
export const boundary = attachAddon({
  packageName: 'semver-node', version: '0.1.0', binaryName: 'semver-node', overrideVariable: 'X', localFolders: [], from: __filename,
})
`

/** The language's own declarations and the boundary's, parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** Everything the compiler has to say of a package under the settings that generated packages have, and stricter ones. */
export function typeErrors(p: Package): string[] {
  return errorsOf(p, new Map())
}

/** … and of the tests that are generated for it. */
export function testTypeErrors(p: Package, tests: string): string[] {
  return errorsOf(
    p,
    new Map([['__test__/generated.test.ts', tests.replaceAll('../dist/index.js', '../semver/index.js')]]),
  )
}

function errorsOf(p: Package, more: ReadonlyMap<string, string>): string[] {
  const root = process.cwd()
  const folder = `${root}/target/emitted`
  const files = new Map([...filesOf(p)].map(([name, content]) => [`${folder}/semver/${name}`, content]))
  files.set(`${folder}/addon.ts`, ADDON)
  for (const [name, content] of more) files.set(`${folder}/${name}`, content)
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'],
    types: ['node'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { 'ferrule/boundary': [`${root}/src/boundary/index.ts`] },
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noImplicitOverride: false,
    noImplicitReturns: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    isolatedModules: true,
    skipLibCheck: true,
    noEmit: true,
  }
  const host = ts.createCompilerHost(options)
  const own = {
    read: host.readFile.bind(host),
    exists: host.fileExists.bind(host),
    parse: host.getSourceFile.bind(host),
  }
  host.readFile = (name) => files.get(name) ?? own.read(name)
  host.fileExists = (name) => files.has(name) || own.exists(name)
  host.directoryExists = (name) => name.startsWith(folder) || ts.sys.directoryExists(name)
  host.getSourceFile = (name, ...rest) => {
    const content = files.get(name)
    if (content !== undefined) return ts.createSourceFile(name, content, rest[0], true)
    const known = parsed.get(name) ?? own.parse(name, ...rest)
    parsed.set(name, known)
    return known
  }
  const program = ts.createProgram({ rootNames: [...files.keys()], options, host })
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const { file, start = 0 } = diagnostic
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line
    const shown = file?.text.split('\n')[line] ?? ''
    return `${file?.fileName.slice(root.length) ?? ''}:${line + 1} ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')} | ${shown.trim()}`
  })
}

/** What the parser alone has to say of a file. */
export function syntaxErrors(name: string, content: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(content, { fileName: name, reportDiagnostics: true })
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}
