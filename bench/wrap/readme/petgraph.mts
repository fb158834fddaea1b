/**
 * README of petgraph, its one example, on the graph that the package has: text at the nodes, a number at each edge.
 *
 * Not written: `dijkstra`, `min_spanning_tree` and `Dot`, whose callers choose the graph.
 */
import assert from 'node:assert/strict'
import { UnGraph } from 'petgraph-node'

// The graph looks like this:
// 0 -- 1
// |    |
// 3 -- 2
const graph = UnGraph.newUndirected()
const [zero, one, two, three] = [graph.addNode('0'), graph.addNode('1'), graph.addNode('2'), graph.addNode('3')]
graph.addEdge(zero, one, 1)
graph.addEdge(one, two, 1)
graph.addEdge(two, three, 1)
graph.addEdge(zero, three, 1)

assert.equal(graph.nodeCount(), 4)
assert.equal(graph.rawEdges().length, 4)
const names = [...graph.neighbors(zero)].map((node) => graph.nodeWeight(node))
assert.deepEqual(names.sort(), ['1', '3'])
assert.equal(graph.containsEdge(zero, two), false)
