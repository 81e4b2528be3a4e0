import { describe, expect, it } from 'vitest';
import { INSPECTOR_STYLES } from '../inspector/styles.ts';
import { MENU_STYLES } from '../menu/styles.ts';
import { NOTICE_STYLES } from '../panel/noticeStyles.ts';
import { SANDWICH_STYLES } from '../sandwich/styles.ts';
import { METER_STYLES } from '../table/meterStyles.ts';
import { TABLE_STYLES } from '../table/styles.ts';
import { TIMELINE_STYLES } from '../timeline/styles.ts';
import { CHAIN_STYLES } from '../transforms/styles.ts';
import { TREEMAP_STYLES } from '../treemap/styles.ts';
import { LEGEND_STYLES } from '../view/legendStyles.ts';
import { MINIMAP_STYLES } from '../view/minimapStyles.ts';
import { STAGE_STYLES } from '../viewer/styles.ts';
import { STYLE_SHEET } from './styles.ts';

const SHEETS = {
  root: STYLE_SHEET,
  inspector: INSPECTOR_STYLES,
  legend: LEGEND_STYLES,
  menu: MENU_STYLES,
  minimap: MINIMAP_STYLES,
  notice: NOTICE_STYLES,
  sandwich: SANDWICH_STYLES,
  stage: STAGE_STYLES,
  table: TABLE_STYLES,
  timeline: TIMELINE_STYLES,
  transforms: CHAIN_STYLES,
  treemap: TREEMAP_STYLES,
};

/** Selectors of all rules, also of those inside of `@media` and `@container`. */
const selectorsOf = (sheet: string): string[] =>
  sheet
    .replaceAll(/@keyframes[^}]*\}\s*\}/g, '')
    .replaceAll(/@(media|container)[^{]*\{/g, '')
    .split('}')
    .map((rule) => rule.split('{')[0].trim())
    .filter((selector) => selector !== '')
    .flatMap((list) => list.split(/,(?![^(]*\))/).map((selector) => selector.trim()));

describe.each(Object.entries(SHEETS))('the style sheet: %s', (_, sheet) => {
  it('survives being escaped as text by a server', () => {
    expect(sheet).not.toMatch(/[<>&"']/);
  });

  it('reaches nothing outside of its root', () => {
    expect(selectorsOf(sheet).length).toBeGreaterThan(1);
    for (const selector of selectorsOf(sheet)) {
      expect(selector).toMatch(/^\[data-(hyperflame|theme|mantine-color-scheme)/);
      expect(selector).toContain('[data-hyperflame]');
    }
  });
});

it('styles nothing in two sheets, of which either may come first', () => {
  const shared = new Set(selectorsOf(METER_STYLES));
  const all = Object.values(SHEETS).flatMap((sheet) => [...new Set(selectorsOf(sheet))]);
  const twice = all.filter((one, i) => all.indexOf(one) !== i && !shared.has(one));
  expect(twice).toEqual([]);
});

it('names every variable that a host may set', () => {
  for (const name of ['background', 'text', 'border', 'accent', 'palette-1', 'palette-8']) {
    expect(STYLE_SHEET).toContain(`--hf-${name}: var(--hyperflame-${name},`);
  }
  expect(STYLE_SHEET).toContain('var(--color-bg-body,');
});
