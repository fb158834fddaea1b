/**
 * README of semver, its one example. The version is parsed from its text: a struct literal has no counterpart in JavaScript.
 */
import assert from 'node:assert/strict'
import { BuildMetadata, Prerelease, Version, VersionReq } from 'semver-node'

const req = VersionReq.parse('>=1.2.3, <1.8.0')

// Check whether this requirement matches version 1.2.3-alpha.1 (no).
const alpha = Version.parse('1.2.3-alpha.1')
assert.deepEqual([alpha.major(), alpha.minor(), alpha.patch()], [1, 2, 3])
assert.ok(alpha.pre().equals(new Prerelease('alpha.1')))
assert.ok(alpha.build().equals(BuildMetadata.EMPTY))
assert.equal(req.matches(alpha), false)

// Check whether it matches 1.3.0 (yes it does).
const version = Version.parse('1.3.0')
assert.equal(req.matches(version), true)
