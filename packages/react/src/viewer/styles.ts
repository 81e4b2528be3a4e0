/**
 * Rules of pictures beside each other, with a panel at their side. On paper nothing scrolls, and Firefox
 * prints nothing of what scrolls in the window alone, or on paper alone, as that is narrower.
 */
export const STAGE_STYLES = `
[data-hyperflame][data-viewer] { flex: 1 1 auto; }
[data-hyperflame] .hf-stage { container-type: inline-size; display: flex; flex: 1 1 0; min-height: 0; margin-top: 4px; }
[data-hyperflame] .hf-stage-parts { display: flex; flex: 1 1 0; min-width: 0; min-height: 0; }
[data-hyperflame] .hf-pictures { display: flex; flex: 1 1 0; min-width: 0; min-height: 0; flex-direction: column; }
[data-hyperflame] .hf-pictures[data-view=both] { flex-direction: row; }
[data-hyperflame] .hf-pictures[data-view=both] .hf-table-scroller { border-inline-start: 1px solid var(--hf-border); }
[data-hyperflame] .hf-stage .hf-pictures [data-hyperflame] { flex: 1 1 0; height: auto; min-width: 0; }
[data-hyperflame] .hf-stage .hf-pictures .hf-side [data-hyperflame] { flex: 0 0 auto; }
[data-hyperflame] .hf-stage .hf-pictures .hf-side[data-fill=true] [data-hyperflame] { flex: 1 1 0; }
[data-hyperflame] .hf-side-panel { display: flex; flex-direction: column; flex: 0 0 300px; min-width: 0; min-height: 0; border-block-start: 1px solid var(--hf-border); border-inline-start: 1px solid var(--hf-border); }
@container (max-width: 820px) {
[data-hyperflame] .hf-stage-parts { flex-direction: column; overflow: auto; }
[data-hyperflame] .hf-pictures { flex: 1 0 320px; }
[data-hyperflame] .hf-pictures[data-view=both], [data-hyperflame] .hf-pictures[data-view=sandwich] { flex-direction: column; flex: 1 0 720px; }
[data-hyperflame] .hf-side-panel { flex: 0 0 auto; border-inline-start: 0; }
[data-hyperflame] .hf-side-panel [data-hyperflame], [data-hyperflame] .hf-side-panel .hf-inspector[data-fill=true] { flex: 0 0 auto; height: auto; overflow: visible; }
}
@media print {
[data-hyperflame] :is(.hf-stage-parts, .hf-pictures[data-view=both]) { flex-direction: column; }
[data-hyperflame] .hf-pictures[data-view=both] { flex: 1 0 720px; }
[data-hyperflame] :is(.hf-stage-parts, .hf-side-panel [data-hyperflame], .hf-side-panel .hf-inspector[data-fill=true]) { overflow: visible; }
}
`;
