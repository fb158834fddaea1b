/** Pieces as one; a single piece is given as it is, without a copy. */
export function joined<Piece extends Uint8Array>(
  pieces: readonly Piece[],
  length: number,
): Piece | Uint8Array<ArrayBuffer> {
  const [first] = pieces
  if (pieces.length === 1 && first !== undefined) return first
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
