// @vitest-environment jsdom
import { StrictMode, useRef } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { Anchor } from './Placer.ts';
import { usePlacement } from './usePlacement.ts';

const WINDOW = { width: 1000, height: 500 };
const SIZE = { width: 200, height: 100 };

/** A page of which jsdom knows no sizes: a box that is moved by its transform, inside of `corner`. */
function pageWith(corner: { x: number; y: number }): void {
  vi.spyOn(document.documentElement, 'clientWidth', 'get').mockReturnValue(WINDOW.width);
  vi.spyOn(document.documentElement, 'clientHeight', 'get').mockReturnValue(WINDOW.height);
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (
    this: HTMLElement,
  ) {
    if (this.dataset.row !== undefined) {
      return new DOMRect(0, Number(this.dataset.row), Number(this.dataset.width ?? 50), 20);
    }
    const { x, y } = translation(this);
    return new DOMRect(corner.x + x, corner.y + y, SIZE.width, SIZE.height);
  });
}

function translation(element: HTMLElement): { x: number; y: number } {
  const [x = 0, y = 0] = element.style.transform.match(/-?\d+/g)?.map(Number) ?? [];
  return { x, y };
}

interface BoxProps {
  anchor: Anchor;
  placement?: 'right-start' | 'bottom-start';
}

function Box({ anchor, placement = 'right-start' }: BoxProps) {
  const ref = useRef<HTMLDivElement>(null);
  usePlacement(ref, anchor, { placement, gap: 10 });
  return <div ref={ref} role="tooltip" />;
}

async function placed(
  anchor: Anchor,
  placement?: BoxProps['placement'],
): Promise<{ x: number; y: number }> {
  await act(async () => render(<Box anchor={anchor} placement={placement} />));
  // What places it is loaded with the first of them, which is not seen before.
  await waitFor(() => expect(screen.getByRole('tooltip').style.opacity).toBe(''));
  return translation(screen.getByRole('tooltip'));
}

describe('what is placed beside a point', () => {
  afterEach(() => {
    cleanup();
    vi.restoreAllMocks();
  });

  it('stands to the right of it', async () => {
    pageWith({ x: 0, y: 0 });
    expect(await placed({ x: 100, y: 50 })).toEqual({ x: 110, y: 50 });
  });

  it('stands on the other side where there is no room', async () => {
    pageWith({ x: 0, y: 0 });
    expect(await placed({ x: 950, y: 50 })).toEqual({ x: 740, y: 50 });
  });

  it('is moved up where the window ends below it', async () => {
    pageWith({ x: 0, y: 0 });
    expect(await placed({ x: 100, y: 490 })).toEqual({ x: 110, y: 392 });
  });

  it('is at the same place where the page around it is moved by a transform', async () => {
    pageWith({ x: 300, y: 20 });
    const { rerender } = render(<Box anchor={{ x: 500, y: 90 }} />);
    await act(async () => undefined);
    expect(translation(screen.getByRole('tooltip'))).toEqual({ x: 210, y: 70 });
    // The next place is not counted from the last one.
    await act(async () => rerender(<Box anchor={{ x: 120, y: 60 }} />));
    expect(translation(screen.getByRole('tooltip'))).toEqual({ x: -170, y: 40 });
  });

  it('is at the same place where effects run twice', async () => {
    pageWith({ x: 0, y: 0 });
    await act(async () => render(<Box anchor={{ x: 100, y: 50 }} />, { wrapper: StrictMode }));
    expect(translation(screen.getByRole('tooltip'))).toEqual({ x: 110, y: 50 });
  });

  it('stays at the beginning of a row that begins at the edge of the window', async () => {
    pageWith({ x: 0, y: 0 });
    const row = document.createElement('div');
    row.dataset.row = '80';
    row.dataset.width = '900';
    expect(await placed({ element: row }, 'bottom-start')).toEqual({ x: 8, y: 110 });
  });

  it('goes along with an element that is scrolled', async () => {
    pageWith({ x: 0, y: 0 });
    const row = document.createElement('div');
    row.dataset.row = '80';
    expect(await placed({ element: row })).toEqual({ x: 60, y: 80 });
    row.dataset.row = '200';
    await act(async () => fireEvent.scroll(window));
    expect(translation(screen.getByRole('tooltip'))).toEqual({ x: 60, y: 200 });
  });
});
