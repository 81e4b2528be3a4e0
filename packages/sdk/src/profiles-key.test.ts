import { afterEach, expect, it, vi } from 'vitest';
import { createProfiles, type ProfilesOptions } from './index.ts';

afterEach(() => vi.doUnmock('./create-answers.ts'));

const send = vi.fn(() => Promise.reject(new Error('refused')));
const keyOf = (options: Omit<ProfilesOptions, 'client'> = {}, key = 'one') =>
  createProfiles({ client: { key, send }, ...options }).key;

it('is the same for the same data, whatever it is asked through', () => {
  expect(keyOf()).toBe(keyOf());
  expect(keyOf()).toBe(keyOf({ tables: {}, limits: { maxExecutionSeconds: 3 } }));
});

it('is another for other data', () => {
  const keys = [
    keyOf(),
    keyOf({}, 'two'),
    keyOf({ database: 'telemetry' }),
    keyOf({ tables: { profiles: 'mine' } }),
    keyOf({ tables: { stacks: 'mine' } }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

it('leaves it to the first question to say that a table has no name', async () => {
  const profiles = createProfiles({ client: { key: 'one', send }, tables: { profiles: '' } });
  await expect(profiles.services({})).rejects.toMatchObject({
    kind: 'invalid-question',
    field: 'tables.profiles',
  });
  expect(send).not.toHaveBeenCalled();
});

it('asks once its code can be fetched, and says so while it cannot', async () => {
  const profiles = createProfiles({ client: { key: 'one', send } });
  vi.doMock('./create-answers.ts', () => {
    throw new TypeError('Failed to fetch dynamically imported module');
  });
  await expect(profiles.services({})).rejects.toMatchObject({
    name: 'ProfileQueryError',
    kind: 'network',
    cause: expect.any(Error),
  });
  vi.doUnmock('./create-answers.ts');
  await expect(profiles.services({})).rejects.toMatchObject({
    message: expect.stringContaining('refused'),
  });
});
