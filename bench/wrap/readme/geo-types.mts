/**
 * The README of geo-types shows the crate `geo`; its geometry is built here, and the points of the front page.
 *
 * Not written: the convex hull, which is `geo`'s; points of other numbers than `f64`.
 */
import assert from 'node:assert/strict'
import { LineString, Point, Polygon } from 'geo-types-node'

// Geometries are f64 by default.
const point = new Point(1, 2)
assert.deepEqual([point.x(), point.y()], [1, 2])

// An L shape.
const corners = [
  { x: 0, y: 0 },
  { x: 4, y: 0 },
  { x: 4, y: 1 },
  { x: 1, y: 1 },
  { x: 1, y: 4 },
  { x: 0, y: 4 },
  { x: 0, y: 0 },
]
const polygon = new Polygon(new LineString(corners), [])
assert.deepEqual(polygon.exterior().coords(), corners)
assert.ok(polygon.exterior().isClosed())
assert.equal(polygon.numInteriorRings(), 0)
