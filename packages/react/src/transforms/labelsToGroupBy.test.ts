import { makeStackTable, type Transform } from '@hyperflame/calltree';
import type { Facet } from '@hyperflame/sdk';
import { describe, expect, it } from 'vitest';
import { defaultMessages } from '../messages/messages.ts';
import { labelFrames, labelsOfTransforms } from './labelsOfTransforms.ts';
import { labelsOfFacets, labelsOfStacks, labelsToChoose } from './labelsToGroupBy.ts';

const offered = (...labels: Record<string, string>[]) =>
  labelsToChoose(
    labelsOfStacks(
      makeStackTable(labels.map((one) => ({ frames: ['main'], weight: 1, labels: one }))).labels ??
        [],
    ),
    defaultMessages,
  );

it('offers what tells stacks apart, and what has a word first', () => {
  const labels = { zone: 'a', 'thread.name': 'main', constructor: 'x' };
  expect(offered(labels, { zone: 'b', 'thread.name': 'io' })).toEqual([
    'thread.name',
    'constructor',
    'zone',
  ]);
});

it('offers nothing that is the same everywhere, but what only some stacks have', () => {
  expect(offered({ zone: 'a', pid: '1' }, { zone: 'a' })).toEqual(['pid']);
  expect(offered({ zone: 'a' })).toEqual([]);
});

it('offers a few of many', () => {
  const many = (value: string) =>
    Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`label.${i}`, value]));
  expect(offered(many('a'), { ...many('b'), 'thread.id': '7' })).toHaveLength(12);
  expect(offered(many('a'), { ...many('b'), 'thread.id': '7' }).slice(0, 3)).toEqual([
    'thread.id',
    'label.0',
    'label.1',
  ]);
  expect(offered(many('a'), many('b')).at(-1)).toBe('label.11');
});

const facet = (on: Facet['on'], key: string, rows: number, valueCount: number): Facet => ({
  ...{ on, key, rows, valueCount },
  values: [],
});

it('knows from facets what samples differ by', () => {
  const types = facet('column', 'ProfileType', 100, 1);
  expect(
    labelsOfFacets([
      types,
      facet('column', 'ServiceName', 100, 3),
      facet('column', 'Unit', 100, 2),
      facet('resource', 'service.name', 60, 2),
      facet('resource', 'k8s.pod.name', 100, 2),
      facet('profile', 'k8s.pod.name', 50, 1),
      facet('sample', 'thread.name', 80, 1),
      facet('resource', 'host.name', 100, 1),
    ]),
  ).toEqual(['service.name', 'k8s.pod.name', 'thread.name']);
  const workloads = (...facets: Facet[]) => labelsOfFacets([types, ...facets])[0];
  const deployment = facet('resource', 'k8s.deployment.name', 100, 1);
  expect(workloads(deployment)).toBeUndefined();
  expect(workloads({ ...deployment, rows: 40 })).toBe('k8s.workload.name');
  expect(workloads(deployment, facet('resource', 'k8s.job.name', 1, 1))).toBe('k8s.workload.name');
});

describe('labels of changes', () => {
  const by = (label: string): Transform => ({ type: 'group-by-label', label });
  const hide: Transform = { type: 'collapse-direct-recursion' };

  it('are asked for, two at once', () => {
    expect(labelsOfTransforms([])).toEqual([]);
    const two = [by('pod'), hide, by('thread'), by('pod')];
    expect(labelsOfTransforms(two)).toEqual(['pod', 'thread']);
    expect(labelsOfTransforms([...two, by('host')])).toEqual(['pod', 'thread']);
  });

  it('are frames above the stacks, where nothing else was changed', () => {
    const column = (key: string) => ({ key, values: [''], value: new Uint32Array(0) });
    expect(labelFrames([])).toBe(0);
    expect(labelFrames([by('pod'), by('thread')], [column('pod'), column('thread')])).toBe(2);
    // Of the others nothing is known yet, and no frame stands for them.
    expect(labelFrames([by('pod'), by('thread')], [column('thread')])).toBe(1);
    expect(labelFrames([by('pod'), hide], [column('pod')])).toBeUndefined();
  });
});
