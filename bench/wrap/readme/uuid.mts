/** README of uuid, with the feature it asks for: `v4`. `uuid!("…")` is `Uuid.parseStr`: macros exist at compile time only. */
import assert from 'node:assert/strict'
import { Uuid } from 'uuid-node'

const id = Uuid.newV4()
assert.equal(id.getVersion(), 'random')
assert.equal(id.toString().length, 36)

const ID = '67e55044-10b1-426f-9247-bb680e5fe0c8'
const myUuid = Uuid.parseStr(ID)
assert.equal(myUuid.getVersion(), 'random')
assert.equal(myUuid.toString(), ID)
