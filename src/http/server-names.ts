/** Exports behind methods of a server or of a request, which say by themselves what was asked. */
const SERVER = /^http\.(serverListen|httpServer)/

/** The operation that an export of the server stands for; undefined for the exports of others. */
export const serverOperation = (native: string, asked: string): string | undefined =>
  SERVER.test(native) ? asked : undefined
