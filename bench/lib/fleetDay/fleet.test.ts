import { beforeAll, describe, expect, it } from 'vitest';
import { makeFleet, type Fleet, type NumberedStack } from './fleet.ts';
import type { Frame } from './frames.ts';
import { makePods, podSlots } from './pods.ts';
import { podsPerService, services } from './services.ts';

let fleet: Fleet;

beforeAll(() => {
  fleet = makeFleet('1');
});

const framesOf = (stack: NumberedStack): Frame[] =>
  stack.frames.map((number) => fleet.frames[number] as Frame);

describe('makeFleet', () => {
  it('makes the same fleet of the same seed, and another of another', () => {
    const again = makeFleet('1');
    expect(again.stacks).toEqual(fleet.stacks);
    expect(again.frames).toEqual(fleet.frames);
    expect(again.pods).toEqual(fleet.pods);
    expect(makePods('2')).not.toEqual(fleet.pods);
  });

  it('has twenty services of ten pods with names of their own', () => {
    expect(fleet.pods).toHaveLength(services.length * podsPerService);
    expect(new Set(fleet.pods.map((pod) => pod.resource['k8s.pod.name'])).size).toBe(200);
    for (const pod of fleet.pods) {
      const named = services[pod.service]?.named;
      expect('service.name' in pod.resource).toBe(named);
      expect(Object.keys(pod.resource).length).toBeGreaterThanOrEqual(15);
    }
  });

  it('keeps the depths of the captures: 14 to 17 on average, 35 at p90, 71 at most', () => {
    const depths = fleet.stacks.map((stack) => stack.frames.length).sort((a, b) => a - b);
    const at = (share: number): number => depths[Math.floor(share * (depths.length - 1))] as number;
    const average = depths.reduce((sum, depth) => sum + depth, 0) / depths.length;
    expect(average).toBeGreaterThan(13);
    expect(average).toBeLessThan(19);
    expect(at(0.5)).toBeGreaterThan(10);
    expect(at(0.5)).toBeLessThan(17);
    expect(at(0.9)).toBeGreaterThan(28);
    expect(at(0.9)).toBeLessThan(40);
    expect(at(1)).toBe(71);
  });

  it('leaves about 8 % of the frames without symbols, each with a mapping', () => {
    const all = fleet.stacks.flatMap(framesOf);
    const unnamed = all.filter((frame) => frame.functionName === '');
    expect(unnamed.length / all.length).toBeGreaterThan(0.06);
    expect(unnamed.length / all.length).toBeLessThan(0.1);
    expect(unnamed.every((frame) => frame.mapping !== '' && frame.fileName === '')).toBe(true);
  });

  it('has no stack twice within a service, and the root last', () => {
    const seen = new Set(fleet.stacks.map((stack) => `${stack.service}:${stack.frames.join()}`));
    expect(fleet.stacks.length - seen.size).toBeLessThan(fleet.stacks.length / 1000);
    const roots = fleet.stacks
      .filter((stack) => services[stack.service]?.language === 'go')
      .map((stack) => framesOf(stack).at(-1)?.functionName);
    expect(new Set(roots)).toEqual(new Set(['runtime.goexit', 'runtime.mstart']));
  });

  it('shares prefixes: a service has far fewer tree nodes than frames', () => {
    const mine = fleet.stacks.filter((stack) => services[stack.service]?.name === 'catalog');
    const nodes = new Set<string>();
    let frames = 0;
    for (const stack of mine) {
      let path = '';
      for (const frame of stack.frames.toReversed()) {
        path += `/${frame}`;
        nodes.add(path);
        frames++;
      }
    }
    expect(nodes.size / frames).toBeLessThan(0.5);
    expect(nodes.size / mine.length).toBeGreaterThan(2);
  });

  it('gives each service its range of stacks', () => {
    for (const [service, { onCpu, offCpu }] of fleet.ranges.entries()) {
      for (const { first, count, late } of [onCpu, offCpu]) {
        const range = fleet.stacks.slice(first, first + count + late);
        expect(range).toHaveLength(count + late);
        expect(range.every((stack) => stack.service === service)).toBe(true);
      }
    }
    const asleep = fleet.ranges.map(({ offCpu }) => fleet.stacks[offCpu.first] as NumberedStack);
    for (const stack of asleep) {
      expect(framesOf(stack)[0]?.functionName).toBe('finish_task_switch.isra.0');
    }
  });
});

describe('podSlots', () => {
  it('gives a service slots by its weight', () => {
    const slots = podSlots(fleet.pods, 4096);
    expect(slots).toHaveLength(4096);
    const total = services.reduce((sum, service) => sum + service.weight, 0);
    for (const [index, service] of services.entries()) {
      const share = slots.filter((pod) => fleet.pods[pod]?.service === index).length / 4096;
      expect(share).toBeCloseTo(service.weight / total, 2);
    }
  });
});
