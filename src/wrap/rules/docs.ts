/** docs/rules.md from the tables. */
import { REFUSALS } from './refusals.js'
import { ITEM_RULES, TYPE_RULES, type Rule } from './table.js'

const cell = (text: string): string => text.replaceAll('|', '\\|')

const ruleRow = (rule: Rule): string =>
  `| ${[
    `\`${rule.name}\``,
    rule.rust,
    rule.typescript,
    rule.note,
    `\`${rule.example.rust}\` → \`${rule.example.typescript}\``,
  ]
    .map(cell)
    .join(' | ')} |`

/** The page's text. */
export function rulesPage(): string {
  return [
    '<!-- Generated from src/wrap/rules/table.ts and refusals.ts; a test compares. -->',
    '',
    '# From Rust to TypeScript: the rules',
    '',
    'Each item of a spec names the rule that proposed it, each item left out the rule that refused it.',
    '',
    '## Types',
    '',
    '| rule | Rust | TypeScript | note | example |',
    '| --- | --- | --- | --- | --- |',
    ...TYPE_RULES.map(ruleRow),
    '',
    '## Items',
    '',
    '| rule | Rust | TypeScript | note | example |',
    '| --- | --- | --- | --- | --- |',
    ...ITEM_RULES.map(ruleRow),
    '',
    '## What is left out',
    '',
    '| rule | Rust | why |',
    '| --- | --- | --- |',
    ...REFUSALS.map((refusal) => `| ${[`\`${refusal.name}\``, refusal.rust, refusal.why].map(cell).join(' | ')} |`),
    '',
  ].join('\n')
}
