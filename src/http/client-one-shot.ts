// The functions below are requests of one client with the defaults, made when it is first needed.
import { HttpClient, type Download, type SyncRequestOptions } from './client.js'
import type { QueryInput, RequestOptions } from './client-options.js'
import type { FileOptions } from './client-response-body.js'
import type { HttpResponse } from './client-response.js'

let shared: HttpClient | undefined

const client = (): HttpClient => (shared ??= new HttpClient())

/** Closes the idle connections of the one-shot functions; the next use makes new ones. Requests in flight finish. */
export function closeIdle(): void {
  shared?.dispose()
  shared = undefined
}

/** Sends a GET request; see {@link HttpClient.get}. */
export function get(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
  return client().get(url, options)
}

/** Sends a HEAD request; see {@link HttpClient.head}. */
export function head(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
  return client().head(url, options)
}

/** Sends a POST request; see {@link HttpClient.post}. */
export function post(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
  return client().post(url, options)
}

/** POSTs a form, `application/x-www-form-urlencoded`. */
export function postForm(
  url: string | URL,
  form: QueryInput | URLSearchParams,
  options?: RequestOptions,
): Promise<HttpResponse> {
  return client().post(url, { ...options, form })
}

/** Sends a PUT request; see {@link HttpClient.put}. */
export function put(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
  return client().put(url, options)
}

/** Sends a PATCH request; see {@link HttpClient.patch}. */
export function patch(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
  return client().patch(url, options)
}

/** Sends a DELETE request, as `delete`, which is no name for a function; see {@link HttpClient.delete}. */
function remove(url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
  return client().delete(url, options)
}
export { remove as delete }

/** Sends a request of any method; see {@link HttpClient.request}. */
export function request(method: string, url: string | URL, options?: RequestOptions): Promise<HttpResponse> {
  return client().request(method, url, options)
}

/** The JSON that GET gives; see {@link HttpClient.getJson}. */
export function getJson(url: string | URL, options?: RequestOptions): Promise<unknown> {
  return client().getJson(url, options)
}

/** The JSON that POST gives for a value sent as JSON; see {@link HttpClient.postJson}. */
export function postJson(url: string | URL, value: unknown, options?: RequestOptions): Promise<unknown> {
  return client().postJson(url, value, options)
}

/** GETs into a file: all of it or nothing; see {@link HttpClient.download}. */
export function download(url: string | URL, path: string, options?: RequestOptions & FileOptions): Promise<Download> {
  return client().download(url, path, options)
}

/** POSTs a file as `multipart/form-data`; see {@link HttpClient.upload}. */
export function upload(
  url: string | URL,
  path: string,
  field?: string,
  options?: RequestOptions,
): Promise<HttpResponse> {
  return client().upload(url, path, field, options)
}

/** GETs and waits on this thread; see {@link HttpClient.getSync}. */
export function getSync(url: string | URL, options?: SyncRequestOptions): HttpResponse {
  return client().getSync(url, options)
}

/** Sends a request of any method and waits on this thread; see {@link HttpClient.requestSync}. */
export function requestSync(method: string, url: string | URL, options?: SyncRequestOptions): HttpResponse {
  return client().requestSync(method, url, options)
}
