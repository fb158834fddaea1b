/** Methods by name (RFC 9110, RFC 5789). */
export const HttpMethod = Object.freeze({
  Get: 'GET',
  Post: 'POST',
  Put: 'PUT',
  Delete: 'DELETE',
  Patch: 'PATCH',
  Head: 'HEAD',
  Options: 'OPTIONS',
} as const)

/** A method that has a name. Requests take others, too: any token but `CONNECT` and `TRACE`. */
export type HttpMethodName = (typeof HttpMethod)[keyof typeof HttpMethod]
