import { FerruleError, isFerruleError } from 'ferrule'
import { readStream, type FsError } from 'ferrule/fs'
import { HttpClient, HttpServer, json, type HttpError } from 'ferrule/http'
import { Regex, RegexError } from 'ferrule/regex'
import { connect, sql, type SqlError } from 'ferrule/sql'

const re: Regex = new Regex(String.raw`\d+`)
const found: boolean = re.isMatch('x1')
const later: Promise<boolean> = re.isMatchAsync('x1', { signal: new AbortController().signal })
re[Symbol.dispose]()

try {
  new Regex('(')
} catch (error) {
  if (error instanceof RegexError) error satisfies FerruleError
  if (isFerruleError(error)) error.code satisfies string
}

// @ts-expect-error -- a pattern is text
new Regex(1)

interface User {
  id: number
  name: string
}

async function users(): Promise<User[]> {
  await using db = await connect(':memory:')
  return db.query<User>(sql`select id, name from users where id > ${1}`)
}

const server = new HttpServer().get('/users/:id', ({ params }) => json({ id: params.id satisfies string }))
const client = new HttpClient({ timeouts: { totalMs: 1000 } })
const body: AsyncIterable<Uint8Array> = readStream('users.json')
type AnyError = FsError | HttpError | SqlError

// @ts-expect-error -- a route has the parameters of its path
server.get('/users/:id', ({ params }) => json({ id: params.name }))

export { body, client, found, later, users, type AnyError }
