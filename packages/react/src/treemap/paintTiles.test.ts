import { expect, it } from 'vitest';
import { TextFitter } from '../canvas/textFitter.ts';
import { linesOf } from './paintTiles.ts';

/** Letters are 6 wide, an ellipsis as well. */
const fitter = new TextFitter((text) => text.length * 6);

it('writes a name in two lines where one has no room for it', () => {
  expect(linesOf('parse', 30, 2, fitter)).toEqual(['parse']);
  expect(linesOf('convertNode', 40, 2, fitter)).toEqual(['conver', 'tNode']);
  expect(linesOf('convertNode', 24, 2, fitter)).toEqual(['conv', 'ert…']);
  expect(linesOf('convertNode', 20, 1, fitter)).toEqual([]);
  expect(linesOf('convertNode', 40, 1, fitter)).toEqual(['conve…']);
});

it('writes nothing where too little of a name would be left', () => {
  expect(linesOf('convertNode', 8, 2, fitter)).toEqual([]);
  expect(linesOf('convertNode', 4, 2, fitter)).toEqual([]);
});
