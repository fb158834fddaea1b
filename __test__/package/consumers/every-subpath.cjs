// What `require` and `import` give for each subpath has the same names and is the same.
const { exports: subpaths } = require('ferrule/package.json')

async function main() {
  const different = []
  for (const subpath of Object.keys(subpaths)) {
    if (subpath === './package.json') continue
    const name = subpath === '.' ? 'ferrule' : `ferrule/${subpath.slice(2)}`
    const required = require(name)
    const imported = await import(name)
    const names = Object.keys(required)
    if (names.length === 0 || names.some((key) => imported[key] !== required[key])) different.push(name)
  }
  console.log(JSON.stringify({ subpaths: Object.keys(subpaths).length, different }))
}

main()
