/** The rivals of ferrule/http. */
import { installRivals, requireOf } from '../peers/install.mjs'

export const requireRival = requireOf('http')

export const installHttpPeers = () => installRivals('http')
