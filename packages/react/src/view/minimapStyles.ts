/** Rules of the whole profile in small. */
export const MINIMAP_STYLES = `
[data-hyperflame] .hf-minimap { position: absolute; right: 12px; bottom: 8px; overflow: hidden; border: 1px solid var(--hf-border); border-radius: 4px; background: var(--hf-background); box-shadow: 0 1px 6px rgb(0 0 0 / 18%); cursor: crosshair; touch-action: none; }
[data-hyperflame] .hf-minimap canvas { display: block; opacity: .8; }
[data-hyperflame] .hf-minimap-window { position: absolute; inset-block: 0; border: 1px solid var(--hf-accent); background: color-mix(in srgb, var(--hf-accent) 16%, transparent); pointer-events: none; }
`;
