// @vitest-environment jsdom
import { useState } from 'react';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SearchField } from './SearchField.tsx';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  asked.mockClear();
  vi.useRealTimers();
});

const asked = vi.fn();
const field = () => screen.getByRole<HTMLInputElement>('searchbox');
const type = (text: string) => fireEvent.change(field(), { target: { value: text } });
const pause = () => {
  act(() => void vi.advanceTimersByTime(1000));
};

/** Keeps what is asked for, as the page's URL does. */
function Page() {
  const [value, setValue] = useState('');
  const onSearch = (text: string) => {
    asked(text);
    setValue(text);
  };
  return (
    <>
      <SearchField value={value} onSearch={onSearch} />
      <button onClick={() => setValue('of a link')} />
    </>
  );
}

test('the box stays, with its focus, when what was typed in it is asked for', () => {
  render(<Page />);
  const box = field();
  box.focus();
  type('che');
  pause();
  expect(asked).toHaveBeenLastCalledWith('che');
  type('check');
  pause();
  expect(asked).toHaveBeenLastCalledWith('check');
  expect(document.activeElement).toBe(box);
  expect(field()).toBe(box);
});

test('what somebody else searches for is shown, and is not asked for again', () => {
  render(<Page />);
  type('che');
  pause();
  asked.mockClear();
  for (let round = 0; round < 2; round++) {
    fireEvent.click(screen.getByRole('button'));
    pause();
    expect(field().value).toBe('of a link');
    expect(asked).not.toHaveBeenCalled();
    type('che');
    pause();
    expect(asked).toHaveBeenCalledExactlyOnceWith('che');
    asked.mockClear();
  }
});

test('letters typed before the question is back are not lost', () => {
  const { rerender } = render(<SearchField value="" onSearch={asked} />);
  type('che');
  pause();
  type('check');
  rerender(<SearchField value="che" onSearch={asked} />);
  expect(field().value).toBe('check');
  pause();
  expect(asked).toHaveBeenLastCalledWith('check');
});
