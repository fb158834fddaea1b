// What src/contracts.json said before, and whether it may say something else now.
import { spawnSync } from 'node:child_process'
import { at } from './project.mjs'

/** Of each system whose digest changed under the same API version, what is wrong and what to do. */
export function changedDigests(before, now) {
  return Object.entries(now)
    .filter(([system, { apiVersion, digest }]) => {
      const old = before[system]
      return old !== undefined && old.apiVersion === apiVersion && old.digest !== digest
    })
    .map(
      ([system, { apiVersion, digest }]) =>
        `the contract of ${system} changed, from digest ${before[system].digest} to ${digest}, and its API version is still ` +
        `${apiVersion}: raise api_version in src/${system}/${system}.wrapper_spec, or take the change back`,
    )
}

/** The record as each commit of this history left it; none where there is no history, as in a package. */
export function recordedBefore() {
  const git = (...words) => spawnSync('git', words, { cwd: at(), encoding: 'utf8' })
  const { status, stdout } = git('log', '--format=%H', '--', 'src/contracts.json')
  if (status !== 0) return []
  return stdout
    .split('\n')
    .filter((commit) => commit !== '')
    .map((commit) => git('show', `${commit}:src/contracts.json`))
    .filter(({ status }) => status === 0)
    .map(({ stdout }) => JSON.parse(stdout))
}
