/** The value below which the share `p` (0 to 1) of `values` lies, interpolated between the two nearest. */
export function quantile(values, p) {
  const sorted = [...values].sort((a, b) => a - b)
  const position = (sorted.length - 1) * p
  const below = Math.floor(position)
  const above = Math.ceil(position)
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below)
}

export function median(values) {
  return quantile(values, 0.5)
}

/** Median and quartiles: machines that are shared have outliers, which these do not follow. */
export function summary(values) {
  return { median: median(values), q1: quantile(values, 0.25), q3: quantile(values, 0.75) }
}
