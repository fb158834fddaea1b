// Started without --allow-addons.
let thrown
try {
  const { Regex } = require('ferrule/regex')
  new Regex('\\d+')
} catch (error) {
  thrown = error
}
console.log(
  JSON.stringify({
    class: thrown?.constructor.name,
    code: thrown?.code,
    message: thrown?.message,
    details: thrown?.details,
  }),
)
