/** The rows of the benchmark, and what is promised. Each contender looks at every byte once per operation. */
const SIZES = { 64: '64 B', 4096: '4 KiB', 1048576: '1 MiB' }

const checksum = (name, rivals) =>
  Object.entries(SIZES).map(([size, called]) => ({
    row: `${name}-${size}`,
    title: `${name} of ${called}`,
    size: Number(size),
    contenders: {
      ferrule: ({ hash }) => hash[name],
      ...rivals,
      ...(size === '1048576' ? { sum: ({ testkit }) => testkit.bench.sumWords } : {}),
    },
  }))

const digest = (algorithm) =>
  [64, 4096, 1048576].map((size) => ({
    row: `${algorithm}-${size}`,
    title: `${algorithm} of ${SIZES[size]}`,
    size,
    contenders: {
      ferrule:
        ({ hash }) =>
        (data) =>
          hash.digest(algorithm, data)[0],
      crypto:
        ({ crypto }) =>
        (data) =>
          crypto.hash(algorithm, data, 'buffer')[0],
      createHash:
        ({ crypto }) =>
        (data) =>
          crypto.createHash(algorithm).update(data).digest()[0],
    },
  }))

export const ROWS = [
  ...checksum('crc32', { zlib: ({ zlib }) => zlib.crc32, nodeRs: ({ nodeRs }) => nodeRs.crc32 }),
  ...checksum('crc32c', { nodeRs: ({ nodeRs }) => nodeRs.crc32c }),
  ...digest('sha256'),
]

const speedup = (row, rival, atLeast) => ({ row, subject: 'ferrule', rival, measure: 'speedup', atLeast })

export const COMPARISONS = [
  ...Object.keys(SIZES).flatMap((size) => [
    speedup(`crc32-${size}`, 'zlib', 1),
    speedup(`crc32-${size}`, 'nodeRs', 1),
    speedup(`crc32c-${size}`, 'nodeRs', 1),
  ]),
  speedup('crc32-1048576', 'sum', 0.7),
  speedup('crc32c-1048576', 'sum', 0.7),
  speedup('sha256-64', 'crypto', 2),
  speedup('sha256-64', 'createHash', 2),
  speedup('sha256-1048576', 'crypto', 0.95),
  speedup('sha256-1048576', 'createHash', 0.95),
  // For information.
  speedup('sha256-4096', 'crypto'),
]
