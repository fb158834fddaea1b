import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Certified {
  readonly cert: string
  readonly key: string
}

/** Certificates of this run's own: an authority, a server for 127.0.0.1, a client, and a client of nobody known. */
export function certificates(): { ca: string; server: Certified; client: Certified; stranger: Certified } {
  const folder = mkdtempSync(join(tmpdir(), 'ferrule-tls-'))
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  }
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const authority = (name: string): void => {
    const usage = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=keyCertSign']
    openssl('req', '-x509', ...ec, '-keyout', `${name}.key`, '-out', `${name}.crt`, '-subj', `/CN=${name}`, ...usage)
  }
  const signed = (name: string, by: string): Certified => {
    const out = ['-keyout', `${name}.key`, '-out', `${name}.crt`, '-subj', `/CN=${name}`]
    const signer = ['-CA', `${by}.crt`, '-CAkey', `${by}.key`]
    const usage = ['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost', '-addext', 'basicConstraints=CA:FALSE']
    openssl('req', '-x509', ...ec, ...out, ...signer, ...usage)
    return { cert: read(`${name}.crt`), key: read(`${name}.key`) }
  }
  try {
    authority('authority')
    authority('nobody')
    return {
      ca: read('authority.crt'),
      server: signed('server', 'authority'),
      client: signed('client', 'authority'),
      stranger: signed('stranger', 'nobody'),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
