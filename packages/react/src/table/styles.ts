import { METER_STYLES } from './meterStyles.ts';

/** Rules of tables of functions. */
export const TABLE_STYLES = `${METER_STYLES}
[data-hyperflame] .hf-table-scroller { container-type: inline-size; isolation: isolate; overflow: auto; overflow-anchor: none; flex: 1 1 0; min-height: 0; border-block: 1px solid var(--hf-border); }
[data-hyperflame] .hf-table { width: 100%; border-collapse: separate; border-spacing: 0; table-layout: fixed; }
[data-hyperflame] .hf-col-number { width: 23%; }
[data-hyperflame] .hf-table thead th { position: sticky; top: 0; z-index: 1; height: 28px; padding: 0; background: var(--hf-background); border-bottom: 1px solid var(--hf-border); font-weight: 600; text-align: start; }
[data-hyperflame] .hf-table th button { display: flex; align-items: center; gap: 4px; width: 100%; height: 27px; padding: 0 8px; border: 0; background: none; font-weight: 600; color: var(--hf-text-muted); cursor: pointer; }
[data-hyperflame] .hf-table th button span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
[data-hyperflame] .hf-table th button:hover, [data-hyperflame] .hf-table th[aria-sort=ascending] button, [data-hyperflame] .hf-table th[aria-sort=descending] button { color: var(--hf-text); }
[data-hyperflame] .hf-table th button:focus-visible { outline-offset: -2px; }
[data-hyperflame] .hf-table .hf-number { text-align: end; }
[data-hyperflame] .hf-table th.hf-number button { flex-direction: row-reverse; }
[data-hyperflame] .hf-table tbody th { font-weight: 400; text-align: start; }
[data-hyperflame] .hf-table tbody th, [data-hyperflame] .hf-table td { height: 25px; padding: 0 8px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; border-bottom: 1px solid color-mix(in srgb, var(--hf-border) 55%, transparent); }
[data-hyperflame] .hf-table tbody tr[data-row=true] { cursor: pointer; }
[data-hyperflame] .hf-table tbody tr[data-row=true]:hover :is(td, th) { background: var(--hf-hover); }
[data-hyperflame] .hf-table tbody tr[aria-selected=true] :is(td, th) { background: var(--hf-hover); }
[data-hyperflame] .hf-table tbody tr[aria-selected=true] th { box-shadow: inset 2px 0 0 var(--hf-accent); }
[data-hyperflame] .hf-table tbody tr:focus-visible { outline: 2px solid var(--hf-accent); outline-offset: -2px; }
[data-hyperflame] .hf-function { display: flex; flex-wrap: wrap; gap: 0 8px; height: 1.4em; overflow: hidden; }
[data-hyperflame] .hf-function :is(bdi, .hf-where) { max-width: 100%; overflow: hidden; text-overflow: ellipsis; }
[data-hyperflame] .hf-table .hf-where { flex: 1 1 72px; min-width: 0; max-width: max-content; direction: rtl; color: var(--hf-text-muted); }
[data-hyperflame] .hf-where::before { content: attr(data-first); }
[data-hyperflame] .hf-where::after { content: attr(data-last); }
[data-hyperflame] .hf-table .hf-spacer td { padding: 0; border: 0; height: auto; }
[data-hyperflame] .hf-weight { display: flex; align-items: center; justify-content: flex-end; gap: 8px; }
[data-hyperflame] .hf-table col:is([data-column=before], [data-column=after]) { width: 17%; }
[data-hyperflame] .hf-table col[data-column=confidence] { width: 15%; }
@container (max-width: 560px) { [data-hyperflame] .hf-table :is([data-column=before], [data-column=after]) { display: none; } }
[data-hyperflame] .hf-none .hf-button { margin-top: 8px; }
[data-hyperflame] .hf-share { color: var(--hf-text-muted); min-width: 46px; }
[data-hyperflame] .hf-fate { overflow: hidden; text-overflow: ellipsis; color: var(--hf-text-muted); font-size: 10px; margin-inline-end: -4px; }
[data-hyperflame] .hf-amount { flex: none; min-width: 60px; }
[data-hyperflame] .hf-fate + .hf-amount { min-width: 0; }
@container (max-width: 780px) { [data-hyperflame] .hf-col-number { width: 124px; } [data-hyperflame] .hf-table col[data-column=confidence] { width: 98px; } [data-hyperflame] .hf-weight .hf-meter { display: none; } }
@container (max-width: 460px) { [data-hyperflame] .hf-share { display: none; } [data-hyperflame] .hf-col-number { width: 86px; } [data-hyperflame] .hf-table col[data-column=change] { width: 118px; } }
@container (max-width: 340px) { [data-hyperflame] .hf-fate { position: absolute; width: 1px; clip-path: inset(50%); } [data-hyperflame] .hf-table col[data-column=change] { width: 86px; } }
@media (forced-colors: active) {
[data-hyperflame] .hf-table tbody tr[aria-selected=true] :is(td, th) { background: Highlight; color: HighlightText; forced-color-adjust: none; }
[data-hyperflame] .hf-table tbody tr[aria-selected=true] :is(.hf-where, .hf-share) { color: inherit; }
}
`;
