/** Rules of areas. */
export const TREEMAP_STYLES = `
[data-hyperflame] .hf-tiles { position: relative; overflow: hidden; border-block: 1px solid var(--hf-border); }
[data-hyperflame] .hf-tiles[data-fill=true] { flex: 1 1 0; min-height: 160px; }
`;
