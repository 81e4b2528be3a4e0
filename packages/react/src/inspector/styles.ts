import { METER_STYLES } from '../table/meterStyles.ts';

/** Rules of the details of a function. */
export const INSPECTOR_STYLES = `${METER_STYLES}
[data-hyperflame] .hf-inspector { display: flex; flex-direction: column; gap: 12px; padding: 8px; min-width: 0; }
[data-hyperflame] .hf-inspector :is(.hf-inspector-head, .hf-origin, .hf-facts, section) { width: 100%; max-width: 560px; }
[data-hyperflame] .hf-inspector[data-fill=true] { flex: 1 1 0; min-height: 0; overflow: auto; }
[data-hyperflame] .hf-inspector-head { display: flex; align-items: flex-start; gap: 8px; }
[data-hyperflame] .hf-inspector-head h3 { flex: 1 1 auto; min-width: 0; font-size: 13px; font-weight: 600; line-height: 28px; overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 6; overflow: hidden; }
[data-hyperflame] .hf-inspector h4 { margin: 0 0 4px; font-size: 11px; font-weight: 600; color: var(--hf-text-muted); }
[data-hyperflame] .hf-link { color: var(--hf-accent); text-decoration: underline; }
[data-hyperflame] .hf-link:focus-visible { outline: 2px solid var(--hf-accent); outline-offset: 1px; border-radius: 2px; }
[data-hyperflame] .hf-origin { display: flex; flex-direction: column; gap: 2px; }
[data-hyperflame] .hf-origin div { display: flex; gap: 8px; }
[data-hyperflame] .hf-origin dt { flex: 0 0 52px; color: var(--hf-text-muted); }
[data-hyperflame] .hf-origin dd { min-width: 0; overflow-wrap: anywhere; }
[data-hyperflame] .hf-facts { border-collapse: collapse; width: 100%; }
[data-hyperflame] .hf-facts :is(th, td) { padding: 2px 0; font-weight: 400; text-align: end; white-space: nowrap; }
[data-hyperflame] .hf-facts :is(th, thead td) { color: var(--hf-text-muted); }
[data-hyperflame] .hf-facts :is(th[scope=row], thead td) { text-align: start; }
[data-hyperflame] .hf-bars li, [data-hyperflame] .hf-labels dd { position: relative; display: flex; align-items: center; justify-content: space-between; gap: 10px; min-height: 24px; padding: 0 6px; white-space: nowrap; }
[data-hyperflame] .hf-bars li + li, [data-hyperflame] .hf-labels dd + dd { margin-top: 1px; }
[data-hyperflame] .hf-inspector .hf-meter { position: absolute; inset: 0; height: auto; background: var(--hf-field); }
[data-hyperflame] .hf-inspector .hf-meter i { background: color-mix(in srgb, var(--hf-accent) 22%, var(--hf-field)); }
[data-hyperflame] :is(.hf-bars li, .hf-labels dd) :not(.hf-meter):not(i) { position: relative; }
[data-hyperflame] .hf-bars :is(.hf-link, .hf-muted) { color: var(--hf-text); }
[data-hyperflame] .hf-bars bdi, [data-hyperflame] .hf-labels bdi { min-width: 0; overflow: hidden; text-overflow: ellipsis; }
[data-hyperflame] .hf-bars button { min-width: 0; min-height: 24px; padding: 0; border: 0; background: none; overflow: hidden; text-overflow: ellipsis; text-align: start; cursor: pointer; }
[data-hyperflame] .hf-bars button:hover { text-decoration: underline; }
[data-hyperflame] .hf-bars button:focus-visible { outline-offset: -2px; }
[data-hyperflame] .hf-labels { display: flex; flex-direction: column; gap: 8px; }
[data-hyperflame] .hf-labels dt { color: var(--hf-text-muted); }
@media (forced-colors: active) {
[data-hyperflame] .hf-inspector .hf-meter i { background: none; border-bottom: 3px solid Highlight; border-radius: 0; }
}
`;
