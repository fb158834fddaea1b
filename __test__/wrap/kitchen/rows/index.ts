// A row for each rule of docs/rules.md, by its name.
import type { Row } from '../row.js'
import { argumentRows } from './arguments.js'
import { composedRows } from './composed.js'
import { genericRows } from './generics.js'
import { memberRows } from './members.js'
import { traitRows } from './traits.js'
import { valueRows } from './values.js'

export const ROWS: Readonly<Record<string, Row>> = {
  ...valueRows,
  ...composedRows,
  ...argumentRows,
  ...memberRows,
  ...traitRows,
  ...genericRows,
}
