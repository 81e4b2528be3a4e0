/** Rules of the lines above a picture, and of how much of it has come. */
export const NOTICE_STYLES = `
[data-hyperflame] .hf-tag { display: inline-flex; align-items: center; gap: 5px; font-weight: 600; white-space: nowrap; }
[data-hyperflame] .hf-tag[data-tone=estimate], [data-hyperflame] .hf-tag[data-tone=partial] { color: var(--hf-warning); }
[data-hyperflame] .hf-notice .hf-path { flex: 1 1 150px; }
[data-hyperflame] .hf-notice .hf-path + .hf-button { margin-inline-start: auto; }
[data-hyperflame] .hf-streaming { position: absolute; z-index: 2; inset-block-end: 8px; inset-inline-end: 8px; padding: 2px 8px; border: 1px solid var(--hf-border); border-radius: 4px; background: var(--hf-surface); color: var(--hf-text-muted); font-size: 11px; font-variant-numeric: tabular-nums; pointer-events: none; }
[data-hyperflame] .hf-progress { position: absolute; z-index: 2; inset-inline: 0; top: 0; height: 2px; overflow: hidden; pointer-events: none; }
[data-hyperflame] .hf-progress i { display: block; height: 100%; background: var(--hf-accent); transition: width .2s linear; }
@media (prefers-reduced-motion: reduce) { [data-hyperflame] .hf-progress i { transition: none; } }
@media (forced-colors: active) { [data-hyperflame] .hf-progress i { background: Highlight; forced-color-adjust: none; } }
`;
