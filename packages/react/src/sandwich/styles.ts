/** Rules of callers above and callees below a function. */
export const SANDWICH_STYLES = `
[data-hyperflame] .hf-hint { padding: 8px 8px 0; }
[data-hyperflame] .hf-hint h3 { font-size: 13px; font-weight: 600; }
[data-hyperflame] .hf-hint p { color: var(--hf-text-muted); }
[data-hyperflame] .hf-of-both .hf-search { flex-wrap: wrap; max-width: 640px; }
[data-hyperflame] .hf-of-both .hf-matched { white-space: normal; }
[data-hyperflame] .hf-pivot { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 10px; padding: 0 8px 6px; min-height: 26px; }
[data-hyperflame] .hf-pivot-name { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 100%; }
[data-hyperflame] .hf-pivot-figures { color: var(--hf-text-muted); }
[data-hyperflame] .hf-pivot .hf-button { margin-inline-start: auto; }
[data-hyperflame] .hf-side { display: flex; flex-direction: column; min-height: 0; min-width: 0; }
[data-hyperflame] .hf-side { flex: 0 0 auto; }
[data-hyperflame] .hf-side[data-fill=true] { flex: 1 1 0; }
[data-hyperflame] .hf-side-heading { padding: 4px 8px; font-size: 11px; font-weight: 600; color: var(--hf-text-muted); }
[data-hyperflame] .hf-side .hf-scroller { scrollbar-gutter: stable; }
[data-hyperflame] .hf-side:not([data-fill=true]) :is(.hf-plot, .hf-scroller) { flex: 0 1 auto; min-height: 0; }
`;
