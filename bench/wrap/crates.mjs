/** The crates that `npm run bench:wrap` wraps unattended: the ones the generator is judged by, in rising order of size. */
export const CRATES = [
  'semver',
  'strsim',
  'heck',
  'humantime',
  'base64',
  'unicode-segmentation',
  'rust_decimal',
  'uuid',
  'url',
  'roxmltree',
  'regex',
  'fancy-regex',
  'similar',
  'csv',
  'fst',
  'sha2',
  'pulldown-cmark',
  'geo-types',
  'petgraph',
  'image',
  'chrono',
  'jiff',
  'reqwest',
]

/** As far as the scanner can go: what they show needs a screen, a sound card or a game pad. */
export const DESKTOP_CRATES = ['rapier2d', 'lyon', 'rodio', 'gilrs', 'winit']

/** The part of its public callables that a crate must reach at least: by instances, paired handles and merged traits. */
export const SHARES = { petgraph: 0.5, fst: 0.5, roxmltree: 0.95 }

/** The features that a crate's own README turns on for its examples. */
export const FEATURES = { uuid: ['v4'] }
