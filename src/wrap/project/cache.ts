import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Where crates that were read are kept between runs: `FERRULE_CACHE`, else the user's cache folder by the habits of the
 * system (`XDG_CACHE_HOME`, `LOCALAPPDATA`, `~/Library/Caches`, `~/.cache`).
 */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  const chosen = env['FERRULE_CACHE']
  if (chosen) return chosen
  const xdg = env['XDG_CACHE_HOME']
  if (xdg) return join(xdg, 'ferrule')
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'ferrule')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'ferrule')
  return join(homedir(), '.cache', 'ferrule')
}
