const before = performance.now()
const { Regex } = await import('ferrule/regex')
if (!new Regex(String.raw`\d{4}-\d{2}`).isMatch('due 2026-11')) throw new Error('the first match failed')
process.stdout.write(String(performance.now() - before))
