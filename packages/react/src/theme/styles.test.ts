import { describe, expect, it } from 'vitest';
import { STYLE_SHEET } from './styles.ts';

describe('the style sheet', () => {
  it('survives being escaped as text by a server', () => {
    expect(STYLE_SHEET).not.toMatch(/[<>&"']/);
  });

  it('reaches nothing outside of its root', () => {
    const selectors = STYLE_SHEET.replaceAll(/@keyframes[^}]*\}\s*\}/g, '')
      .replaceAll(/@(media|container)[^{]*\{/g, '')
      .split('}')
      .map((rule) => rule.split('{')[0].trim())
      .filter((selector) => selector !== '');
    expect(selectors.length).toBeGreaterThan(50);
    for (const selector of selectors.flatMap((list) => list.split(/,(?![^(]*\))/))) {
      expect(selector).toContain('[data-hyperflame]');
    }
  });

  it('names every variable that a host may set', () => {
    for (const name of ['background', 'text', 'border', 'accent', 'palette-1', 'palette-8']) {
      expect(STYLE_SHEET).toContain(`--hf-${name}: var(--hyperflame-${name},`);
    }
    expect(STYLE_SHEET).toContain('var(--color-bg-body,');
  });
});
