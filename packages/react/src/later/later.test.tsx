// @vitest-environment jsdom
import { StrictMode, type ComponentType } from 'react';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { CodeLoadError } from './CodeLoadError.ts';
import { useFetched, type Later } from './comesLater.tsx';
import { later } from './later.tsx';

afterEach(cleanup);

interface NameProps {
  name: string;
  height?: 'fill' | number;
  faces?: { Error?: ComponentType<{ error: Error }> };
}

const Name = ({ name }: NameProps) => <p>It is {name}</p>;
const Broken = ({ error }: { error: Error }) => <p>{error.name}</p>;

/** What an import does, when told to. */
function arriving() {
  let settle = { resolve: (_: typeof Name) => {}, reject: (_: Error) => {} };
  const load = vi.fn(
    () => new Promise<typeof Name>((resolve, reject) => (settle = { resolve, reject })),
  );
  return {
    load,
    arrive: () => act(async () => settle.resolve(Name)),
    fail: () => act(async () => settle.reject(new TypeError('Failed to fetch'))),
  };
}

const loading = () => screen.queryByRole('status', { name: /Loading/ });

it('stands in for a component, in its room, until its code has come', async () => {
  const { load, arrive } = arriving();
  const LaterName = later<NameProps>('name', load, { height: 400 });
  expect(load).not.toHaveBeenCalled();
  const { container } = render(
    <StrictMode>
      <LaterName name="first" />
      <LaterName name="second" height={120} />
    </StrictMode>,
  );
  expect(load).toHaveBeenCalledTimes(1);
  const rooms = [...container.querySelectorAll<HTMLElement>('[data-hyperflame]')];
  expect(rooms.map(({ style }) => style.height)).toEqual(['400px', '120px']);
  await arrive();
  expect(screen.getByText('It is first')).toBeDefined();
  expect(screen.getByText('It is second')).toBeDefined();
  expect(container.querySelector('[data-hyperflame]')).toBeNull();
});

it('is there at once from then on', async () => {
  const { load, arrive } = arriving();
  const LaterName = later<NameProps>('name', load);
  render(<LaterName name="first" />);
  await arrive();
  cleanup();
  render(<LaterName name="second" />);
  expect(screen.getByText('It is second')).toBeDefined();
  expect(load).toHaveBeenCalledTimes(1);
});

it('comes while something else is waited for', async () => {
  const { load, arrive } = arriving();
  const LaterName = later<NameProps>('name', load);
  function Waiting({ of, isThere }: { of: Later<NameProps>; isThere: boolean }) {
    useFetched(of);
    return isThere ? <LaterName name="it" /> : 'waiting';
  }
  const { rerender } = render(<Waiting of={LaterName} isThere={false} />);
  await arrive();
  rerender(<Waiting of={LaterName} isThere />);
  expect(screen.getByText('It is it')).toBeDefined();
  expect(load).toHaveBeenCalledTimes(1);
});

it('says that its code could not be fetched, and fetches it again when asked to', async () => {
  const { load, arrive, fail } = arriving();
  const LaterName = later<NameProps>('name', load);
  render(<LaterName name="it" />);
  await fail();
  expect(screen.getByRole('alert').textContent).toContain(
    'The code of the name could not be loaded: Failed to fetch',
  );
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(loading()).not.toBeNull();
  await arrive();
  expect(load).toHaveBeenCalledTimes(2);
  expect(screen.getByText('It is it')).toBeDefined();
});

it('tries again where it is drawn again, and hands a host’s face the typed error', async () => {
  const { load, fail } = arriving();
  const LaterName = later<NameProps>('name', load);
  render(<LaterName name="it" />);
  await fail();
  cleanup();
  render(<LaterName name="it" faces={{ Error: Broken }} />);
  expect(load).toHaveBeenCalledTimes(2);
  await fail();
  expect(screen.getByText('CodeLoadError')).toBeDefined();
});

it('tells what failed and why', () => {
  const cause = new TypeError('Failed to fetch');
  const error = new CodeLoadError('treemap', cause);
  expect(error).toMatchObject({ name: 'CodeLoadError', part: 'treemap', cause });
});

it('is on a server what it is in the first render of a browser, also with the code at hand', async () => {
  const { load, arrive } = arriving();
  const LaterName = later<NameProps>('name', load);
  LaterName.fetch();
  await arrive();
  const html = renderToString(<LaterName name="it" />);
  expect(html).toContain('Loading');
  const container = document.createElement('div');
  container.innerHTML = html;
  const onRecoverableError = vi.fn();
  const root = await act(async () =>
    hydrateRoot(container, <LaterName name="it" />, { onRecoverableError }),
  );
  expect(onRecoverableError).not.toHaveBeenCalled();
  expect(container.textContent).toBe('It is it');
  act(() => root.unmount());
});
