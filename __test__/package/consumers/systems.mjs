import { diagnostics } from 'ferrule'
import { readText, remove, write } from 'ferrule/fs'
import { HttpClient, HttpServer, json } from 'ferrule/http'
import { connect, sql } from 'ferrule/sql'

const db = await connect(':memory:')
await db.script('create table greeting (name text)')
await db.execute(sql`insert into greeting values (${"it's me"})`)
const [{ name }] = await db.query('select name from greeting')
await db.close()

await write('greeting.txt', name)
const text = await readText('greeting.txt')
await remove('greeting.txt')

const server = new HttpServer().get('/greeting', () => json({ text }))
const { url } = await server.start()
const client = new HttpClient()
const answer = await client.getJson(`${url}/greeting`)
client.dispose()
await server.stop()

const { handles, callsInFlight } = diagnostics()
console.log(JSON.stringify({ answer, handles, callsInFlight }))
