/** The rivals of ferrule/fs; none of them is compiled. */
import { installRivals } from '../peers/install.mjs'

export const installFsPeers = () => installRivals('fs')
