/** A progress bar on stderr; silent where that is no terminal, so that logs and pipes hold results alone. */
export class Progress {
  #label
  #total
  #done = 0
  #shownAt = 0

  constructor(label, total) {
    this.#label = label
    this.#total = total
  }

  /** How much of the whole is done, from 0 to 1. */
  get fraction() {
    return this.#total === 0 ? 1 : this.#done / this.#total
  }

  add(amount) {
    this.#done += amount
    // A redraw per file would cost more than the scan of a small one.
    if (performance.now() - this.#shownAt > 50) this.#draw()
  }

  /** Leaves the bar as it stands and goes to the next line. */
  end() {
    if (this.#draw()) process.stderr.write('\n')
  }

  #draw() {
    if (!process.stderr.isTTY) return false
    this.#shownAt = performance.now()
    const width = 30
    const full = Math.round(this.fraction * width)
    const bar = '█'.repeat(full) + '░'.repeat(width - full)
    process.stderr.write(`\r${this.#label} ${bar} ${String(Math.round(this.fraction * 100)).padStart(3)} %`)
    return true
  }
}
