/**
 * A loop of its own for each contender. V8 keeps type feedback and inlining decisions per function: contenders that shared
 * one loop would make its call site polymorphic and pay for each other. The identity stands in the source because V8 also
 * caches compiled code by source text.
 *
 * Each operation yields a number, and the loop returns the sum: nothing can be optimised away, and the sum shows that the
 * work was done.
 */

/** `operation` is an expression over `index` and what `setUp` declares; `scope` holds the values both may name. */
export function compileLoop(identity, { setUp = '', operation }, scope) {
  return compile(
    identity,
    setUp,
    `return function measured(times) {
      let sum = 0
      for (let index = 0; index < times; index++) sum += ${operation}
      return sum
    }`,
    scope,
  )
}

/** Keeps `inFlight` calls running at once, as that many independent callers would, until `times` are done. */
export function compileAsyncLoop(identity, { setUp = '', operation }, inFlight, scope) {
  return compile(
    identity,
    setUp,
    `return async function measured(times) {
      let started = 0
      let sum = 0
      async function caller() {
        while (started < times) {
          const index = started++
          const answer = await ${operation}
          sum += answer
        }
      }
      await Promise.all(Array.from({ length: ${inFlight} }, caller))
      return sum
    }`,
    scope,
  )
}

/** One native call that calls back `times` times from another thread; counts the calls that arrive in order. */
export function compileArrivals(identity, { setUp = '', callee }, scope) {
  return compile(
    identity,
    setUp,
    `return function measured(times) {
      return new Promise((resolve) => {
        let arrived = 0
        let inOrder = 0
        ${callee}(times, (number) => {
          if (number === arrived) inOrder++
          if (++arrived === times) resolve(inOrder)
        })
      })
    }`,
    scope,
  )
}

function compile(identity, setUp, body, scope) {
  const source = `'use strict' // ${identity}\n${setUp}\n${body}`
  return new Function(...Object.keys(scope), source)(...Object.values(scope))
}
