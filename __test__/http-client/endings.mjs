// Ends in the middle of what its second argument names, in the way its first names; the server is the test's.
import { workerData } from 'node:worker_threads'
import { diagnostics } from 'ferrule'
import { download, get, HttpClient } from 'ferrule/http'
import { endInTheMiddle } from '../ending/in-the-middle.mjs'

const [way, work, url, path] = workerData ?? process.argv.slice(2)

const works = {
  request: () => get(`${url}/never`),
  body: async () => (await get(`${url}/endless`)).bytes(),
  stream: async () => {
    for await (const piece of (await get(`${url}/endless`)).body) if (piece.length < 0) return
  },
  download: () => download(`${url}/endless`, path),
  upload: () =>
    new HttpClient().post(`${url}/never`, {
      body: (async function* () {
        for (;;) {
          yield new Uint8Array(100_000)
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      })(),
    }),
}

if (way === 'leave') {
  // Nothing is in flight, and idle connections are nobody's reason to stay.
  for (let round = 0; round < 3; round += 1) await (await get(`${url}/short`)).text()
  await new HttpClient().get(`${url}/short`)
  console.log('done')
} else if (way === 'collect') {
  const client = new HttpClient()
  for (let round = 0; round < 5; round += 1) await client.get(`${url}/endless`)
  // Nobody holds the responses any more; once they are collected their connections are closed, and the process can end.
  for (let round = 0; round < 100 && (diagnostics().handles.ResponseBody ?? 0) > 0; round += 1) {
    globalThis.gc()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  console.log(`${diagnostics().handles.ResponseBody ?? 0} left`)
} else {
  endInTheMiddle(import.meta.url, [way, work, url, path], works[work])
}
