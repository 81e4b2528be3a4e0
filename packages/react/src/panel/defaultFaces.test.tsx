// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { makeStackTable } from '@hyperflame/calltree';
import { answerWith } from '../testing/answers.ts';
import { defaultFaces } from './defaultFaces.tsx';
import type * as AnswerFaces from './answerFaces.tsx';

const network = vi.hoisted(() => ({ down: true }));

vi.mock('./answerFaces.tsx', async (original) => {
  if (network.down) throw new TypeError('Failed to fetch');
  return original<typeof AnswerFaces>();
});

afterEach(cleanup);

it('a note whose code could not be fetched is a line that says so, and is there once it can be', async () => {
  const answer = answerWith(makeStackTable([{ frames: ['main'], weight: 1 }]));
  render(<defaultFaces.Streaming answer={answer} share={0.5} />);
  const line = await screen.findByRole('alert');
  expect(line.textContent).toContain('could not be loaded');
  expect(screen.queryByRole('heading')).toBeNull();

  network.down = false;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('progressbar')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});
