import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Certified {
  readonly cert: string
  readonly key: string
}

export interface Certificates {
  readonly ca: string
  readonly server: Certified
  readonly client: Certified
  readonly stranger: Certified
  readonly expired: Certified
}

/** Certificates of this run's own: an authority, a server for 127.0.0.1, a client, a client of nobody known, a server whose time is over. */
export function certificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'ferrule-tls-'))
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  }
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const authority = (name: string): void => {
    const usage = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=keyCertSign']
    openssl(
      'req',
      '-x509',
      ...ec,
      '-days',
      '2',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.crt`,
      '-subj',
      `/CN=${name}`,
      ...usage,
    )
  }
  const signed = (name: string, by: string, days = 2): Certified => {
    const usage = ['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost', '-addext', 'basicConstraints=CA:FALSE']
    openssl('req', ...ec, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`, ...usage)
    const signer = ['-CA', `${by}.crt`, '-CAkey', `${by}.key`, '-CAcreateserial', '-copy_extensions', 'copy']
    openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, '-days', String(days), ...signer)
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
      expired: signed('expired', 'authority', 0),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
