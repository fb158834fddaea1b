import { download } from 'ferrule/http'

const [, , url, path] = process.argv
await download(url, path).then(
  () => console.log('done'),
  ({ code, details }) => console.log(code, details.errno, details.path),
)
