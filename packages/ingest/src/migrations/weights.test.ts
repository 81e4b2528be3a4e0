import { beforeAll, describe, expect, it } from 'vitest';

import {
  at,
  OFF_CPU,
  ON_CPU,
  PPROF_CPU,
  PROBE,
  stack,
  START,
  START_NANO,
  testServer,
  type Landed,
  type TestDatabase,
} from './testing/database.ts';

const server = testServer();
let db: TestDatabase;
beforeAll(async () => {
  db = await server.database();
});

interface Weighed {
  ProfileType: string;
  Unit: string;
  Value: string;
  Count: number;
  EventOffsets: number[];
  EventValues: string[];
}

/** What one landed sample becomes. A function name of its own keeps it apart from the others. */
async function weigh(sample: Landed): Promise<Weighed> {
  const name = `f${Math.random()}`;
  await db.land([{ ...stack(name), ...sample }]);
  return db.one<Weighed>(`
    SELECT ProfileType, Unit, Value, Count, EventOffsets, EventValues FROM otel_profiles
    WHERE StackId IN (
      SELECT StackId FROM otel_profiles_stacks WHERE hasAny(FrameIds, (
        SELECT groupArray(FrameId) FROM otel_profiles_frames WHERE FunctionName = '${name}')))`);
}

describe('the shapes of samples', () => {
  it('eBPF on-CPU: each time is one period of CPU', async () => {
    expect(await weigh({ ...ON_CPU, TimestampsUnixNano: at(0, 50, 1000) })).toEqual({
      ProfileType: 'samples:count:cpu:nanoseconds',
      Unit: 'nanoseconds',
      Value: '150000000',
      Count: 3,
      EventOffsets: [0, 50, 1000],
      EventValues: [],
    });
  });

  it('eBPF off-CPU: values beside their times, and not sorted apart from them', async () => {
    const sample = { ...OFF_CPU, Values: ['4000000', '7000000'], TimestampsUnixNano: at(900, 100) };
    expect(await weigh(sample)).toEqual({
      ProfileType: 'off_cpu:nanoseconds::',
      Unit: 'nanoseconds',
      Value: '11000000',
      Count: 2,
      EventOffsets: [900, 100],
      EventValues: ['4000000', '7000000'],
    });
  });

  it('eBPF probes: each time is one event', async () => {
    expect(await weigh({ ...PROBE, TimestampsUnixNano: at(3, 2, 1, 0) })).toEqual({
      ProfileType: 'events:count::',
      Unit: 'count',
      Value: '4',
      Count: 4,
      EventOffsets: [0, 1, 2, 3],
      EventValues: [],
    });
  });

  it('pprof CPU: the value is time already, and says how many samples it was', async () => {
    expect(await weigh({ ...PPROF_CPU, Values: ['1250000000'] })).toEqual({
      ProfileType: 'cpu:nanoseconds:cpu:nanoseconds',
      Unit: 'nanoseconds',
      Value: '1250000000',
      Count: 125,
      EventOffsets: [],
      EventValues: [],
    });
  });

  it('pprof samples: a count of a clock’s ticks is time', async () => {
    const sample = { ...ON_CPU, Period: '10000000', Values: ['12'] };
    expect(await weigh(sample)).toMatchObject({
      Unit: 'nanoseconds',
      Value: '120000000',
      Count: 12,
    });
  });

  it('pprof allocations: bytes stay bytes, objects stay a count', async () => {
    const heap = { Timestamp: START, PeriodType: 'space', PeriodUnit: 'bytes', Period: '524288' };
    expect(
      await weigh({ ...heap, SampleType: 'alloc_space', SampleUnit: 'bytes', Values: ['1048576'] }),
    ).toMatchObject({ Unit: 'bytes', Value: '1048576', Count: 2 });
    expect(
      await weigh({ ...heap, SampleType: 'alloc_objects', SampleUnit: 'count', Values: ['77'] }),
    ).toMatchObject({ Unit: 'count', Value: '77', Count: 77 });
  });

  it('one value with one time is an aggregate with a time, not a value per event', async () => {
    const sample = { ...OFF_CPU, Values: ['5'], TimestampsUnixNano: at(20) };
    expect(await weigh(sample)).toMatchObject({ Value: '5', EventOffsets: [20], EventValues: [] });
  });

  it('counts of a clock beside their times are time for each event too', async () => {
    const sample = { ...ON_CPU, Values: ['1', '3'], TimestampsUnixNano: at(0, 50) };
    expect(await weigh(sample)).toMatchObject({
      Value: '200000000',
      Count: 2,
      EventValues: ['50000000', '150000000'],
    });
  });
});

describe('odd samples', () => {
  it('more times than values: the values are the weight, the times are kept', async () => {
    const sample = { ...OFF_CPU, Values: ['5', '6'], TimestampsUnixNano: at(0, 1, 2) };
    expect(await weigh(sample)).toMatchObject({
      Value: '11',
      Count: 3,
      EventOffsets: [0, 1, 2],
      EventValues: [],
    });
  });

  it('more values than times', async () => {
    const sample = { ...OFF_CPU, Values: ['5', '6', '7'], TimestampsUnixNano: at(4) };
    expect(await weigh(sample)).toMatchObject({ Value: '18', EventOffsets: [4], EventValues: [] });
  });

  it('neither values nor times weigh nothing', async () => {
    expect(await weigh(ON_CPU)).toMatchObject({ Value: '0', Count: 0 });
  });

  it.each([
    ['0', '0'],
    ['-5', '-5'],
    ['9223372036854775807', '9223372036854775807'],
    ['-9223372036854775808', '-9223372036854775808'],
  ])('the value %s', async (value, expected) => {
    expect(await weigh({ ...OFF_CPU, Values: [value] })).toMatchObject({ Value: expected });
  });

  it.each([
    ['the sum of values', { ...OFF_CPU, Values: ['9223372036854775807', '9223372036854775807'] }],
    ['weight × period', { ...ON_CPU, Values: ['9223372036854775807'] }],
    ['an own period', { ...ON_CPU, Period: '9223372036854775807', TimestampsUnixNano: at(0, 1) }],
  ])('ends at the largest number and never turns negative: %s', async (_, sample) => {
    expect(await weigh(sample)).toMatchObject({ Value: '9223372036854775807' });
  });

  it('ends at the smallest number too', async () => {
    const sample = { ...ON_CPU, Values: ['-9223372036854775808'] };
    expect(await weigh(sample)).toMatchObject({ Value: '-9223372036854775808', Count: 0 });
  });

  it('a period below zero or of zero is none', async () => {
    for (const Period of ['0', '-50000000']) {
      expect(await weigh({ ...ON_CPU, Period, TimestampsUnixNano: at(0, 1) })).toMatchObject({
        Unit: 'count',
        Value: '2',
      });
    }
  });

  it('a time is told to the nearest millisecond after the start of the window', async () => {
    const TimestampsUnixNano = [49_499_999n, 49_500_000n, 50_499_999n].map((after) =>
      String(START_NANO + after),
    );
    expect(await weigh({ ...ON_CPU, TimestampsUnixNano })).toMatchObject({
      EventOffsets: [49, 50, 50],
    });
  });

  it('times before the window, or absurdly after it, stay at its edges', async () => {
    const sample = {
      ...PROBE,
      TimestampsUnixNano: [String(START_NANO - 1n), '0', '18446744073709551615'],
    };
    expect(await weigh(sample)).toMatchObject({ EventOffsets: [0, 0, 4294967295] });
  });

  it('a window without a start begins with the first event', async () => {
    const sample = { ...PROBE, Timestamp: '1970-01-01 00:00:00', TimestampsUnixNano: at(30, 10) };
    await weigh(sample);
    expect(
      await db.ask(`
        SELECT toUnixTimestamp64Nano(Timestamp) AS start, EventOffsets FROM otel_profiles
        WHERE Timestamp = fromUnixTimestamp64Nano(${START_NANO + 10_000_000n})`),
    ).toEqual([{ start: String(START_NANO + 10_000_000n), EventOffsets: [0, 20] }]);
  });
});
