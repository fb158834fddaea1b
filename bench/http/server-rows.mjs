/** What is measured of the server, and against whom. */

export const CONTENDER_NAMES = {
  node: 'node:http',
  fastify: 'fastify 5.12.8',
  ferrule: 'ferrule/http',
  floor: 'bare sockets',
}

/** Each is one kind of load; its costs are the time of a request, and, under `cpu:`, the processor time the server spends on one. */
export const LOADS = {
  json: { title: 'small JSON, 64 connections', path: '/json', connections: 64 },
  'json-async': { title: 'small JSON from an async handler, 64 connections', path: '/async', connections: 64 },
  params: {
    title: 'a parameter, a query and a header read, 64 connections',
    path: '/users/42?full=yes',
    connections: 64,
  },
  'json-1': { title: 'small JSON, 1 connection', path: '/json', connections: 1 },
  'json-512': { title: 'small JSON, 512 connections', path: '/json', connections: 512 },
}

export const ROWS = Object.entries(LOADS).flatMap(([row, { title }]) => [
  { row, title: `${title}: time per request` },
  { row: `cpu:${row}`, title: `${title}: the server's processor time per request` },
])

const against = (rival, row, bounds = {}, subject = 'ferrule') => [
  { row, subject, rival, measure: 'speedup', ...bounds.speedup },
  { row: `cpu:${row}`, subject, rival, measure: 'ratio', ...bounds.cpu },
]

export const COMPARISONS = Object.keys(LOADS).flatMap((row) => [
  ...against('node', row, row === 'json' ? { speedup: { atLeast: 2.5 }, cpu: { atMost: 0.5 } } : {}),
  ...against('fastify', row),
  ...against('node', row, {}, 'floor'),
])
