/**
 * README of csv, its first example, with the text of a file in place of the standard input.
 *
 * Not written: `deserialize` into a struct, whose caller chooses the type; the headers name the fields of a record here.
 */
import assert from 'node:assert/strict'
import { CsvError, ReaderBuilder, StringRecord } from 'csv-node'

const reader = (text: string) => new ReaderBuilder().fromReader(new TextEncoder().encode(text))

// Build the CSV reader and go over each record.
const cities = reader(
  'city,region,country,population\nSouthborough,MA,United States,9686\nNorthbridge,MA,United States,\n',
)
const names = cities.headers().iter()
const found: Record<string, string>[] = []
for (const record = new StringRecord(); cities.readRecord(record);) {
  const values = [...record.iter()]
  found.push(Object.fromEntries([...names].map((name, place) => [name, values[place] ?? ''])))
}
assert.deepEqual(found, [
  { city: 'Southborough', region: 'MA', country: 'United States', population: '9686' },
  { city: 'Northbridge', region: 'MA', country: 'United States', population: '' },
])

// An error is thrown where Rust's iterator yields it.
const broken = reader('a,b\n1,2,3\n')
assert.throws(() => broken.readRecord(new StringRecord()), CsvError)
