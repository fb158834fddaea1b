/** The second export of one that gives an iterator: what reads its items. */
import type { ExportIr } from './ir.js'

/** No item is called so: names of exports have no `$`. */
export const lazyExport = (item: ExportIr): string => `${item.name}$next`
