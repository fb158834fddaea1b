/** The packages that a lockfile of npm names, in a database. */
import { readFile } from 'node:fs/promises'

const SCHEMA = `
  create table package (
    id integer primary key,
    name text not null,
    version text not null,
    licence text,
    dev integer not null,
    path text not null unique
  );
  create index package_name on package (name);
  create table dependency (package integer not null references package, name text not null, range text not null);
  create index dependency_name on dependency (name);
`

/** A place of a lockfile, `node_modules/a/node_modules/@b/c`, is of the package behind its last `node_modules/`. */
const nameOf = (path, entry) => entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** Makes the tables and fills them, all or nothing. Returns how many packages and dependencies there are. */
export async function loadLockfile(db, path) {
  const { packages = {} } = JSON.parse(await readFile(path, 'utf8'))
  // The entry without a path is the project itself.
  const entries = Object.entries(packages).filter(([place]) => place !== '')
  const dependencies = entries.flatMap(([, entry], index) =>
    Object.entries(entry.dependencies ?? {}).map(([name, range]) => [index + 1, name, range]),
  )
  await db.script(SCHEMA)
  await db.transaction(async (tx) => {
    await tx.batch(
      'insert into package (id, name, version, licence, dev, path) values (?, ?, ?, ?, ?, ?)',
      entries.map(([place, entry], index) => [
        index + 1,
        nameOf(place, entry),
        entry.version ?? 'linked',
        typeof entry.license === 'string' ? entry.license : null,
        entry.dev === true ? 1 : 0,
        place,
      ]),
    )
    await tx.batch('insert into dependency (package, name, range) values (?, ?, ?)', dependencies)
  })
  return { packages: entries.length, dependencies: dependencies.length }
}
