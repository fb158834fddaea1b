// node examples/search-server.mjs [port]
//
// An HTTP service that runs its users' own patterns over its users' own text, which JavaScript's RegExp cannot do safely: one
// pattern such as (a+)+$ would stop the whole process. Here a search is linear, runs on the pool, has a deadline, and ends
// when its client hangs up.
//
//   curl --data-binary @access.log 'http://localhost:8080/?pattern=%22(%5Cd%7B3%7D)%22'
import { diagnostics, isFerruleError } from 'ferrule'
import { Regex } from 'ferrule/regex'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

const LIMITS = { sizeLimit: 1024 * 1024, matches: 1000, timeoutMs: 2000 }

/** What a client did wrong is told to the client; anything else is ours. */
const STATUS = {
  ERR_REGEX_SYNTAX: 400,
  ERR_REGEX_TOO_BIG: 400,
  ERR_INVALID_STRING: 400,
  ERR_TIMEOUT: 422,
}

const server = createServer((request, response) => {
  const hungUp = new AbortController()
  response.once('close', () => hungUp.abort())
  answer(request, hungUp.signal)
    .catch((error) => {
      const status = isFerruleError(error) ? STATUS[error.code] : undefined
      return { status: status ?? 500, body: { code: error.code ?? 'INTERNAL', details: error.details } }
    })
    .then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
})

async function answer(request, signal) {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  if (pathname === '/health') return { status: 200, body: diagnostics() }
  const pattern = new Regex(searchParams.get('pattern') ?? '', { sizeLimit: LIMITS.sizeLimit })
  try {
    const matches = []
    for await (const match of pattern.matchesAsync(await text(request), { signal, timeoutMs: LIMITS.timeoutMs })) {
      matches.push(match)
      if (matches.length === LIMITS.matches) break
    }
    return { status: 200, body: { matches } }
  } finally {
    pattern.dispose()
  }
}

server.listen(Number(process.argv[2] ?? 8080), () => console.log(`listening on ${server.address().port}`))
process.once('SIGTERM', () => server.close())
