/** Rules of bars that say how much of a whole something is. */
export const METER_STYLES = `
[data-hyperflame] .hf-meter { flex: 1 1 0; min-width: 0; height: 10px; overflow: hidden; border-radius: 2px; background: var(--hf-dimmed); print-color-adjust: exact; }
[data-hyperflame] .hf-meter i { display: block; height: 100%; border-radius: 2px; background: color-mix(in srgb, var(--hf-accent) 60%, var(--hf-surface)); }
[data-hyperflame] .hf-meter i[data-change=more] { background: var(--hf-change-6); }
[data-hyperflame] .hf-meter i[data-change=less] { background: var(--hf-change-2); }
[data-hyperflame] .hf-meter i[data-change=none] { background: var(--hf-change-4); }
@media (forced-colors: active) {
[data-hyperflame] .hf-meter { outline: 1px solid CanvasText; outline-offset: -1px; }
[data-hyperflame] .hf-meter i { forced-color-adjust: none; background: Highlight; }
}
`;
