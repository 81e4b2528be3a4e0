// @vitest-environment jsdom
import { cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, it } from 'vitest';
import { defaultMessages } from '../messages/messages.ts';
import { useAllSettings } from './allSettings.ts';
import { useSettings } from './settings.ts';
import { SettingsProvider } from './SettingsProvider.tsx';

afterEach(cleanup);

it('has the texts of everything, and those that come later are not there before', () => {
  const { result } = renderHook(() => [useAllSettings(), useSettings()] as const);
  const [all, page] = result.current;
  expect(all.messages).toEqual(defaultMessages);
  expect(page.messages).not.toHaveProperty('undo');
  expect(all).toMatchObject({ format: page.format, colorScheme: page.colorScheme });
});

it('has what a host says in their place, the innermost first, and stays the same object', () => {
  const [outer, inner] = [{ undo: 'Zurück', retry: 'Nochmal' }, { undo: 'Rückgängig' }];
  const wrapper = ({ children }: { children: ReactNode }) => (
    <SettingsProvider messages={outer}>
      <SettingsProvider messages={inner}>{children}</SettingsProvider>
    </SettingsProvider>
  );
  const { result, rerender } = renderHook(useAllSettings, { wrapper });
  expect(result.current.messages).toEqual({
    ...defaultMessages,
    undo: 'Rückgängig',
    retry: 'Nochmal',
  });
  const before = result.current;
  rerender();
  expect(result.current).toBe(before);
});

it('leaves out what a host says nothing of', () => {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <SettingsProvider messages={{ undo: undefined }}>{children}</SettingsProvider>
  );
  const { result } = renderHook(useAllSettings, { wrapper });
  expect(result.current.messages).toEqual(defaultMessages);
});
