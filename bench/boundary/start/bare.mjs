// Everything regex.mjs does, without ferrule: the difference is what ferrule costs.
const before = performance.now()
process.stdout.write(String(performance.now() - before))
