// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { buildCallTree, layoutTree, makeStackTable } from '@hyperflame/calltree';
import { colorScale } from '../color/scales.ts';
import { Legend } from './Legend.tsx';

afterEach(cleanup);

it('has an entry for each of two threads of one name', () => {
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const tree = buildCallTree(
    makeStackTable([
      { frames: [{ name: 'run', file: 'a.ts' }, 'read'], weight: 5 },
      { frames: [{ name: 'run', file: 'b.ts' }, 'read'], weight: 4 },
    ]),
  );
  const scale = colorScale(tree, 'thread');
  render(
    <Legend tree={tree} layout={layoutTree(tree, { width: 500 })} scale={scale} mode="thread" />,
  );
  expect(screen.getAllByText('run')).toHaveLength(2);
  expect(complaints).not.toHaveBeenCalled();
  complaints.mockRestore();
});
