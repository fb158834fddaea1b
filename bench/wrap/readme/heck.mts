/** The README of heck has no code: what it says of word boundaries, and the example of each of its cases. */
import assert from 'node:assert/strict'
import {
  toKebabCase,
  toLowerCamelCase,
  toShoutyKebabCase,
  toShoutySnakeCase,
  toSnakeCase,
  toTitleCase,
  toTrainCase,
  toUpperCamelCase,
} from 'heck-node'

assert.equal(toSnakeCase('HelloWorld'), 'hello_world')
assert.equal(toKebabCase('XMLHttpRequest'), 'xml-http-request')
assert.equal(toSnakeCase('hello__world'), 'hello_world')

assert.equal(toUpperCamelCase('We are not in the least afraid of ruins.'), 'WeAreNotInTheLeastAfraidOfRuins')
assert.equal(toLowerCamelCase('It is we who built these palaces and cities.'), 'itIsWeWhoBuiltThesePalacesAndCities')
assert.equal(toSnakeCase('We carry a new world here, in our hearts.'), 'we_carry_a_new_world_here_in_our_hearts')
assert.equal(toKebabCase('We are going to inherit the earth.'), 'we-are-going-to-inherit-the-earth')
assert.equal(toShoutySnakeCase('That world is growing in this minute.'), 'THAT_WORLD_IS_GROWING_IN_THIS_MINUTE')
assert.equal(
  toTitleCase('We have always lived in slums and holes in the wall.'),
  'We Have Always Lived In Slums And Holes In The Wall',
)
assert.equal(toShoutyKebabCase('We are going to inherit the earth.'), 'WE-ARE-GOING-TO-INHERIT-THE-EARTH')
assert.equal(toTrainCase('We are going to inherit the earth.'), 'We-Are-Going-To-Inherit-The-Earth')
