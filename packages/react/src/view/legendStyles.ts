/** Rules of what tells what the colours mean. */
export const LEGEND_STYLES = `
[data-hyperflame] .hf-legend li { display: flex; align-items: center; gap: 5px; min-width: 0; }
[data-hyperflame] .hf-legend bdi { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 200px; }
[data-hyperflame] .hf-key { display: inline-flex; align-items: center; gap: 5px; min-width: 0; white-space: nowrap; }
[data-hyperflame] .hf-swatch { flex: none; width: 10px; height: 10px; border-radius: 2px; print-color-adjust: exact; }
[data-hyperflame] .hf-ramp { display: flex; min-width: 0; print-color-adjust: exact; }
[data-hyperflame] .hf-ramp span { width: 20px; height: 10px; }
[data-hyperflame] .hf-ramp span:first-child { border-radius: 2px 0 0 2px; }
[data-hyperflame] .hf-ramp span:last-child { border-radius: 0 2px 2px 0; }
[data-hyperflame] .hf-hatched { background-image: repeating-linear-gradient(135deg, transparent 0 2px, var(--hf-frame-text-light) 2px 3px); }
`;
