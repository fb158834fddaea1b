/** What is measured as it grows, and by whom: `open` gives for each contender a function that does the work once at a size. */
import { openConnections } from './connections.mjs'
import { openHttpClients } from './http-clients.mjs'
import { openPostgresCalls, openPostgresRows } from './postgres.mjs'
import { openSqliteRows } from './sqlite.mjs'

const DECADES = [1, 10, 100, 1000, 10_000]
const ROWS = [10, 100, 1000, 10_000, 100_000]

export const CHARTS = {
  'sqlite-rows': {
    title: 'SQLite: all rows of a query, as objects',
    sizes: 'rows',
    cost: 'milliseconds',
    contenders: { sync: 'ferrule/sql, querySync', async: 'ferrule/sql, query', rival: 'better-sqlite3' },
    at: ROWS,
    open: openSqliteRows,
  },
  'postgres-rows': {
    title: 'PostgreSQL: all rows of a query, as objects',
    sizes: 'rows',
    cost: 'milliseconds',
    contenders: { ferrule: 'ferrule/sql', postgres: 'postgres', pg: 'pg' },
    at: ROWS,
    open: openPostgresRows,
  },
  'postgres-in-flight': {
    title: 'PostgreSQL: one row by its key, many calls at once, 4 connections',
    sizes: 'calls in flight',
    cost: 'milliseconds until all are answered',
    contenders: { ferrule: 'ferrule/sql', postgres: 'postgres', pg: 'pg' },
    at: DECADES,
    open: openPostgresCalls,
  },
  'http-client-in-flight': {
    title: 'HTTP client: small JSON, many requests at once, 64 connections',
    sizes: 'requests in flight',
    cost: 'milliseconds until all are answered',
    contenders: { ferrule: 'ferrule/http', undici: 'undici' },
    at: DECADES,
    open: openHttpClients,
  },
  'http-server-connections': {
    title: 'HTTP server: small JSON from a handler, keep-alive, wrk on one thread',
    sizes: 'connections',
    cost: 'microseconds per request',
    contenders: { ferrule: 'ferrule/http', node: 'node:http', fastify: 'fastify' },
    at: DECADES,
    open: openConnections,
  },
}
