/** Status codes by name (the registry of IANA, RFC 9110). */
export const HttpStatus = Object.freeze({
  Continue: 100,
  SwitchingProtocols: 101,
  Processing: 102,
  EarlyHints: 103,
  Ok: 200,
  Created: 201,
  Accepted: 202,
  NonAuthoritativeInformation: 203,
  NoContent: 204,
  ResetContent: 205,
  PartialContent: 206,
  MultiStatus: 207,
  AlreadyReported: 208,
  ImUsed: 226,
  MultipleChoices: 300,
  MovedPermanently: 301,
  Found: 302,
  SeeOther: 303,
  NotModified: 304,
  UseProxy: 305,
  TemporaryRedirect: 307,
  PermanentRedirect: 308,
  BadRequest: 400,
  Unauthorized: 401,
  PaymentRequired: 402,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  ProxyAuthenticationRequired: 407,
  RequestTimeout: 408,
  Conflict: 409,
  Gone: 410,
  LengthRequired: 411,
  PreconditionFailed: 412,
  ContentTooLarge: 413,
  UriTooLong: 414,
  UnsupportedMediaType: 415,
  RangeNotSatisfiable: 416,
  ExpectationFailed: 417,
  ImATeapot: 418,
  MisdirectedRequest: 421,
  UnprocessableContent: 422,
  Locked: 423,
  FailedDependency: 424,
  TooEarly: 425,
  UpgradeRequired: 426,
  PreconditionRequired: 428,
  TooManyRequests: 429,
  RequestHeaderFieldsTooLarge: 431,
  UnavailableForLegalReasons: 451,
  InternalServerError: 500,
  NotImplemented: 501,
  BadGateway: 502,
  ServiceUnavailable: 503,
  GatewayTimeout: 504,
  HttpVersionNotSupported: 505,
  VariantAlsoNegotiates: 506,
  InsufficientStorage: 507,
  LoopDetected: 508,
  NotExtended: 510,
  NetworkAuthenticationRequired: 511,
} as const)

/** A status code that has a name. */
export type HttpStatusCode = (typeof HttpStatus)[keyof typeof HttpStatus]

/** The words that are not those of the name. */
const WORDS: Readonly<Record<number, string>> = {
  200: 'OK',
  203: 'Non-Authoritative Information',
  207: 'Multi-Status',
  226: 'IM Used',
  414: 'URI Too Long',
  418: "I'm a Teapot",
  505: 'HTTP Version Not Supported',
}

const texts = new Map<number, string>(
  Object.entries(HttpStatus).map(([name, code]) => [code, WORDS[code] ?? name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')]),
)

/** The usual words for a status code, such as `Not Found` for 404; null for one that is not registered. */
export function statusText(code: number): string | null {
  return texts.get(code) ?? null
}

/** Whether a status code is 100 to 199: something before the response that counts. */
export const isInformational = (code: number): boolean => isOfClass(code, 1)

/** Whether a status code is 200 to 299. */
export const isSuccess = (code: number): boolean => isOfClass(code, 2)

/** Whether a status code is 300 to 399. */
export const isRedirect = (code: number): boolean => isOfClass(code, 3)

/** Whether a status code is 400 to 499: the request was at fault. */
export const isClientError = (code: number): boolean => isOfClass(code, 4)

/** Whether a status code is 500 to 599: the server was at fault. */
export const isServerError = (code: number): boolean => isOfClass(code, 5)

const isOfClass = (code: number, first: number): boolean => Number.isInteger(code) && Math.floor(code / 100) === first
