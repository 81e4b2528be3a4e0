// A use of @hyperflame/calltree: two stacks in, a tree and a file out, on this thread and in workers.
import assert from './assert.mjs';

/** @type {import('./consumer.d.ts').Use} */
export async function use(load, { worker }) {
  const { buildCallTree, stackTableFromFolded } = await load('@hyperflame/calltree');
  const { createEngine, readProfileInWorker, writeProfileInWorker } = await load(
    '@hyperflame/calltree/worker',
  );

  const stacks = stackTableFromFolded('main;parse 3\nmain;render 4\n');
  assert.equal(buildCallTree(stacks).total[0], 7);

  const engine = createEngine();
  const tree = await engine.tree(stacks);
  assert.equal(tree.total[0], 7);
  assert.equal(engine.where, worker ? 'worker' : 'in-place');
  engine.dispose();

  const begun = countWorkers(worker);
  const file = await writeProfileInWorker({ format: 'pprof', stacks });
  const profiles = await readProfileInWorker(file);
  assert.equal(buildCallTree(profiles[0].stacks).total[0], 7);
  assert.equal(begun(), worker ? 2 : 0);
  return `a tree of ${tree.total.length} nodes, computed ${engine.where}, and a file of ${file.size} bytes`;
}

/**
 * @param {boolean} any whether there are workers here
 * @returns {() => number} how many have begun since
 */
function countWorkers(any) {
  let count = 0;
  if (any) {
    globalThis.Worker = class extends globalThis.Worker {
      /** @param {ConstructorParameters<typeof Worker>} options */
      constructor(...options) {
        super(...options);
        count++;
      }
    };
  }
  return () => count;
}
