/** Results of `npm run bench:growth` as pictures: SVG by Vega-Lite, with both axes logarithmic, so that a straight line is a power of the size. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const PLOTS = fileURLToPath(new URL('../peers/plots/', import.meta.url))

/** Colours that people with any colour vision tell apart (Okabe and Ito, "Color Universal Design", 2008). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7']

async function libraries() {
  if (!existsSync(new URL('../peers/plots/node_modules/vega-lite', import.meta.url))) {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: PLOTS, stdio: 'inherit' })
  }
  const { resolve } = createRequire(`${PLOTS}package.json`)
  return Promise.all(['vega', 'vega-lite'].map((name) => import(pathToFileURL(resolve(name)).href)))
}

/**
 * @typedef {{ size: number, median: number, q1: number, q3: number }} Point
 * @param {{ title: string, sizes: string, cost: string, series: { contender: string, points: Point[] }[] }} chart
 * @returns {Promise<string>} the text of an SVG file
 */
export async function draw({ title, sizes, cost, series }) {
  const [vega, { compile }] = await libraries()
  const values = series.flatMap(({ contender, points }) => points.map((point) => ({ contender, ...point })))
  const logarithmic = (field, name, format) => ({
    field,
    type: 'quantitative',
    title: name,
    scale: { type: 'log' },
    axis: { format, gridOpacity: 0.4 },
  })
  // A size may be read as 10k; 100m of a millisecond would be read as something else.
  const y = (field) => logarithmic(field, cost, '~g')
  const color = {
    field: 'contender',
    type: 'nominal',
    title: null,
    scale: { domain: series.map(({ contender }) => contender), range: COLOURS },
  }
  const x = logarithmic('size', sizes, '~s')
  const { spec } = compile({
    title: { text: title, anchor: 'start' },
    width: 480,
    height: 300,
    background: 'white',
    data: { values },
    layer: [
      { mark: { type: 'rule', strokeWidth: 2, opacity: 0.5 }, encoding: { x, y: y('q1'), y2: { field: 'q3' }, color } },
      { mark: { type: 'line', point: true }, encoding: { x, y: y('median'), color } },
    ],
  })
  return `${await new vega.View(vega.parse(spec), { renderer: 'none' }).toSVG()}\n`
}
