// A use of @hyperflame/calltree: two stacks in, a tree out, on this thread and in a worker.
import assert from './assert.mjs';

/** @type {import('./consumer.d.ts').Use} */
export async function use(load, { worker }) {
  const { buildCallTree, stackTableFromFolded } = await load('@hyperflame/calltree');
  const { createEngine } = await load('@hyperflame/calltree/worker');

  const stacks = stackTableFromFolded('main;parse 3\nmain;render 4\n');
  assert.equal(buildCallTree(stacks).total[0], 7);

  const engine = createEngine();
  const tree = await engine.tree(stacks);
  assert.equal(tree.total[0], 7);
  assert.equal(engine.where, worker ? 'worker' : 'in-place');
  engine.dispose();
  return `a tree of ${tree.total.length} nodes, computed ${engine.where}`;
}
