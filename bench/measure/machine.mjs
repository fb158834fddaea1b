import { readFileSync } from 'node:fs'
import os from 'node:os'

/** What a figure depends on and a reader has to know. */
export function describeMachine() {
  const processors = os.cpus()
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${systemName()}, ${os.arch()}`,
    node: process.version,
    v8: process.versions.v8,
    date: new Date().toISOString().slice(0, 10),
  }
}

function systemName() {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? os.platform()
  } catch {
    return os.platform()
  }
}
