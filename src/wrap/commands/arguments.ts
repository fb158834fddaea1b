/** Command lines, with the nearest spelling for what is not known. */
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { nearest } from '../spec/nearest.js'
import { CommandError } from './command-error.js'
import { exitCodes } from './exit-codes.js'

/** A flag: `--out <value>`, or a switch without `value`. */
export interface Flag {
  readonly name: string
  readonly short?: string
  /** What the value is called in the help; absent for a switch. */
  readonly value?: string
  readonly help: string
  readonly multiple?: boolean
}

/** What a command says of itself. */
export interface CommandHelp {
  readonly name: string
  /** One line. */
  readonly summary: string
  /** What stands behind the command's name: `<crate>[@version]`. */
  readonly operands: string
  readonly maxOperands: number
  readonly flags: readonly Flag[]
  /** What it does and what it writes, in sentences. */
  readonly text: string
}

export interface Arguments {
  readonly operands: readonly string[]
  /** The value of a flag, the last one given. */
  readonly text: (name: string) => string | undefined
  /** All values of a flag, each split at commas. */
  readonly list: (name: string) => readonly string[] | undefined
  readonly on: (name: string) => boolean
}

export const jsonFlag: Flag = { name: 'json', help: 'print the result as one JSON document' }
export const helpFlag: Flag = { name: 'help', short: 'h', help: 'show this' }

export function parseArguments(args: readonly string[], help: CommandHelp): Arguments {
  const flags = [...help.flags, jsonFlag, helpFlag]
  const { tokens } = parseArgs({ args: [...args], options: optionsOf(flags), strict: false, tokens: true })
  const values = new Map<string, string[]>()
  const operands: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const flag = flags.find((candidate) => candidate.name === token.name)
    if (flag === undefined) throw unknownFlag(token.rawName, flags, help)
    if (flag.value === undefined && token.value !== undefined) {
      throw usage(`${token.rawName} takes no value, got "${token.value}"`, help)
    }
    if (flag.value !== undefined && (token.value === undefined || isFlagLike(token.value, token.inlineValue))) {
      throw usage(`${token.rawName} needs a value: ${token.rawName} <${flag.value}>`, help)
    }
    const given = values.get(flag.name) ?? []
    if (given.length > 0 && flag.multiple !== true && flag.value !== undefined) {
      throw usage(`${token.rawName} is given twice`, help)
    }
    values.set(flag.name, [...given, token.value ?? ''])
  }
  if (operands.length > help.maxOperands) {
    throw usage(`"${String(operands[help.maxOperands])}" is one argument more than ${help.name} takes`, help)
  }
  return {
    operands,
    text: (name) => values.get(name)?.at(-1),
    list: (name) => values.get(name)?.flatMap((value) => value.split(',').filter((part) => part !== '')),
    on: (name) => values.has(name),
  }
}

/** `--out --json`: the value was forgotten. */
const isFlagLike = (value: string, inline: boolean | undefined): boolean => inline !== true && value.startsWith('--')

function optionsOf(flags: readonly Flag[]): NonNullable<ParseArgsConfig['options']> {
  return Object.fromEntries(
    flags.map((flag) => [
      flag.name,
      {
        type: flag.value === undefined ? ('boolean' as const) : ('string' as const),
        multiple: true,
        ...(flag.short === undefined ? {} : { short: flag.short }),
      },
    ]),
  )
}

function unknownFlag(rawName: string, flags: readonly Flag[], help: CommandHelp): CommandError {
  const close = nearest(
    rawName.replace(/^-+/, ''),
    flags.map((flag) => flag.name),
  )
  return usage(`ferrule ${help.name} has no flag ${rawName}`, help, close === undefined ? undefined : `--${close}`)
}

/** A fault of the command line. */
export function usage(message: string, help: CommandHelp, didYouMean?: string): CommandError {
  return new CommandError(
    exitCodes.usage,
    didYouMean === undefined ? message : `${message}; did you mean ${didYouMean}?`,
    {
      wayOut: `ferrule ${help.name} --help lists what it takes`,
    },
  )
}

export function helpText(help: CommandHelp): string {
  const flags = [...help.flags, jsonFlag, helpFlag].map((flag) => ({
    left: `--${flag.name}${flag.value === undefined ? '' : ` <${flag.value}>`}${flag.short === undefined ? '' : `, -${flag.short}`}`,
    right: flag.help,
  }))
  const width = Math.max(...flags.map((flag) => flag.left.length)) + 2
  return [
    `ferrule ${help.name} ${help.operands}`.trimEnd(),
    '',
    help.summary,
    '',
    help.text,
    '',
    'Flags:',
    ...flags.map((flag) => `  ${flag.left.padEnd(width)}${flag.right}`),
    '',
  ].join('\n')
}
