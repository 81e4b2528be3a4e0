/** Rules of samples over time. */
export const TIMELINE_STYLES = `
[data-hyperflame] .hf-timeline { position: relative; padding: 8px 8px 0; }
[data-hyperflame] .hf-brush { position: relative; overflow: hidden; cursor: crosshair; touch-action: pan-y; border-radius: 2px; }
[data-hyperflame] .hf-brush .hf-canvas { position: absolute; cursor: inherit; }
[data-hyperflame] .hf-window { position: absolute; inset-block: 0; pointer-events: none; border-inline: 2px solid var(--hf-accent); box-shadow: 0 0 0 100vmax color-mix(in srgb, var(--hf-background) 55%, transparent); }
[data-hyperflame] .hf-column { position: absolute; inset-block: 0; min-width: 2px; pointer-events: none; opacity: 0; box-shadow: inset 0 0 0 1px var(--hf-text); }
[data-hyperflame] .hf-cell { position: absolute; pointer-events: none; outline: 1px solid var(--hf-text); box-shadow: 0 0 0 2px var(--hf-background); }
[data-hyperflame] .hf-brush:focus-visible .hf-column { opacity: 1; }
[data-hyperflame] .hf-axis { position: relative; height: 18px; overflow: hidden; color: var(--hf-text-muted); font-size: 11px; }
[data-hyperflame] .hf-axis span { position: absolute; top: 2px; padding-left: 4px; border-left: 1px solid var(--hf-border); white-space: nowrap; }
[data-hyperflame] .hf-lanes { position: relative; overflow: hidden; }
[data-hyperflame] .hf-lanes button { position: absolute; padding: 0 4px; overflow: hidden; border: 0; border-radius: 2px; background: var(--hf-neutral); font-size: 10px; line-height: 14px; text-align: start; text-overflow: ellipsis; white-space: nowrap; cursor: pointer; }
[data-hyperflame] .hf-lanes button:hover { background: var(--hf-hover); box-shadow: inset 0 0 0 1px var(--hf-border); }
[data-hyperflame] .hf-lanes button:focus-visible { outline-offset: -2px; }
[data-hyperflame] .hf-timeline-foot { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 12px; min-height: 28px; padding: 0 8px; }
[data-hyperflame] .hf-timeline-foot .hf-legend { margin-inline-start: auto; padding: 0; }
[data-hyperflame] .hf-timeline-note { padding: 0 8px 6px; }
@media (forced-colors: active) {
[data-hyperflame] .hf-lanes button { border: 1px solid CanvasText; }
[data-hyperflame] .hf-window { forced-color-adjust: none; }
}
`;
