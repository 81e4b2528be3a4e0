import { colorDeclarations, forcedColorDeclarations } from './variables.ts';

/** What every root needs. It is all for a small picture, of which each row of a table may have one. */
export const BASE_STYLES = `
[data-hyperflame] {
${colorDeclarations()}
--hf-font: var(--hyperflame-font-family, var(--mantine-font-family, system-ui, -apple-system, sans-serif));
color-scheme: light dark;
box-sizing: border-box;
position: relative;
display: flex;
flex-direction: column;
min-width: 0;
min-height: 0;
font: 400 12px/1.4 var(--hf-font);
font-variant-numeric: tabular-nums;
color: var(--hf-text);
background: var(--hf-background);
text-align: start;
}
[data-mantine-color-scheme=light] [data-hyperflame], [data-theme=light] [data-hyperflame] { color-scheme: light; }
[data-mantine-color-scheme=dark] [data-hyperflame], [data-theme=dark] [data-hyperflame] { color-scheme: dark; }
[data-hyperflame][data-color-scheme=light] { color-scheme: light; }
[data-hyperflame][data-color-scheme=dark] { color-scheme: dark; }
@media (prefers-contrast: more) {
[data-hyperflame] {
--hf-border: var(--hyperflame-border, var(--hf-dimmed-text));
--hf-text-muted: var(--hyperflame-text-muted, var(--hf-text));
}
}
@media (forced-colors: active) {
[data-hyperflame] {
${forcedColorDeclarations()}
}
}
[data-hyperflame].hf-mini { display: inline-flex; overflow: hidden; vertical-align: middle; }
`;

/**
 * The components' style sheet. It is written as the text of a `<style>` element inside their own
 * root, so it must not hold `<`, `>`, `&` or quotes: React 18 would escape them on a server.
 * Every selector starts at the root's attribute: nothing outside is touched.
 *
 * Colours switch through `light-dark()`, so that `color-scheme` alone decides, and a host that sets
 * only some of the variables still gets the rest for both schemes.
 */
export const STYLE_SHEET = `${BASE_STYLES}
[data-hyperflame][data-fill=true] { height: 100%; }
[data-hyperflame] [data-hyperflame][data-fill=true] { flex: 1 1 0; height: auto; }
[data-hyperflame]:focus { outline: none; }
[data-hyperflame][aria-busy=true] .hf-scroller { opacity: .55; }
[data-hyperflame] *, [data-hyperflame] *::before, [data-hyperflame] *::after { box-sizing: border-box; }
[data-hyperflame] :where(p, ol, ul, dl, dd, h3, h4) { margin: 0; padding: 0; list-style: none; }
[data-hyperflame] :where(svg) { display: block; flex: none; }

[data-hyperflame] .hf-sr {
position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
clip-path: inset(50%); white-space: nowrap; border: 0; padding: 0;
}

[data-hyperflame] :where(button, select, input) { font: inherit; color: inherit; margin: 0; }
[data-hyperflame] .hf-button {
display: inline-flex; align-items: center; justify-content: center; gap: 6px;
height: 28px; padding: 0 10px; white-space: nowrap; cursor: pointer;
border: 1px solid var(--hf-border); border-radius: 4px;
background: var(--hf-surface);
}
[data-hyperflame] .hf-button:hover:enabled { background: var(--hf-hover); }
[data-hyperflame] .hf-button:is(:disabled, [aria-disabled=true]) { color: var(--hf-dimmed-text); cursor: default; }
[data-hyperflame] .hf-icon-button { width: 28px; padding: 0; }
[data-hyperflame] .hf-quiet { border-color: transparent; background: transparent; color: var(--hf-text-muted); }
[data-hyperflame] .hf-quiet:hover:enabled { color: var(--hf-text); }
[data-hyperflame] :where(button, select, input, [tabindex]):focus-visible {
outline: 2px solid var(--hf-accent); outline-offset: 1px;
}

[data-hyperflame] .hf-toolbar {
container-type: inline-size; position: relative; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; padding: 8px;
}
[data-hyperflame] .hf-search { display: flex; align-items: center; gap: 4px; flex: 1 1 164px; min-width: 0; max-width: 460px; }
[data-hyperflame] .hf-field { position: relative; display: flex; align-items: center; flex: 1 1 120px; min-width: 0; }
[data-hyperflame] .hf-field svg { position: absolute; inset-inline-start: 8px; color: var(--hf-text-muted); pointer-events: none; }
[data-hyperflame] .hf-input {
width: 100%; height: 28px; padding: 0 26px 0 28px; appearance: none; text-overflow: ellipsis;
border: 1px solid var(--hf-border); border-radius: 4px; background: var(--hf-field);
}
[data-hyperflame] .hf-input::placeholder { color: var(--hf-text-muted); opacity: 1; }
[data-hyperflame] .hf-input::-webkit-search-cancel-button { appearance: none; }
[data-hyperflame] .hf-clear { position: absolute; inset-inline-end: 2px; width: 24px; height: 24px; }
[data-hyperflame] .hf-clear svg { position: static; }
[data-hyperflame] .hf-matched { white-space: nowrap; color: var(--hf-text-muted); }
[data-hyperflame] .hf-alert { order: 1; flex: 0 1 100%; max-width: 420px; color: var(--hf-danger); overflow-wrap: anywhere; text-wrap: pretty; }
[data-hyperflame] .hf-controls { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 6px 12px; margin-inline-start: auto; }
[data-hyperflame] .hf-labelled { display: flex; align-items: center; gap: 6px; color: var(--hf-text-muted); white-space: nowrap; }
[data-hyperflame] .hf-select {
height: 28px; padding: 0 6px; border: 1px solid var(--hf-border); border-radius: 4px;
background: var(--hf-surface); color: var(--hf-text); cursor: pointer; max-width: 240px;
}
[data-hyperflame] .hf-select option { background: var(--hf-surface); color: var(--hf-text); }
[data-hyperflame] .hf-segments { display: inline-flex; flex-wrap: wrap; }
[data-hyperflame] .hf-segments .hf-button { border-radius: 0; margin-inline-start: -1px; color: var(--hf-text-muted); }
[data-hyperflame] .hf-segments .hf-button:first-child { border-start-start-radius: 4px; border-end-start-radius: 4px; margin: 0; }
[data-hyperflame] .hf-segments .hf-button:last-child { border-start-end-radius: 4px; border-end-end-radius: 4px; }
[data-hyperflame] .hf-segments .hf-button[aria-pressed=true] { background: var(--hf-hover); color: var(--hf-text); box-shadow: inset 0 -2px 0 var(--hf-accent); }
[data-hyperflame] .hf-segments .hf-button:focus-visible { z-index: 1; }

[data-hyperflame] .hf-crumbs { container-type: inline-size; padding: 0 8px 6px; }
[data-hyperflame] .hf-crumbs-line { display: flex; align-items: center; gap: 2px 8px; min-height: 26px; }
@container (max-width: 520px) {
[data-hyperflame] .hf-crumbs .hf-reset { width: 24px; padding: 0; font-size: 0; }
[data-hyperflame] .hf-crumbs .hf-reset::before { content: attr(data-sign); font-size: 11px; }
}
@container (max-width: 400px) { [data-hyperflame] .hf-crumbs li:not(:last-child), [data-hyperflame] .hf-crumbs .hf-chevron { display: none; } }
[data-hyperflame] .hf-path { min-width: 0; max-width: 100%; }
[data-hyperflame] .hf-crumbs .hf-path { flex: 0 9999 auto; min-width: 56px; margin-inline-start: -6px; }
[data-hyperflame] .hf-reset { height: 24px; padding: 0 8px; flex: none; }
[data-hyperflame] .hf-path ol { display: flex; align-items: center; min-width: 0; }
[data-hyperflame] .hf-path li { display: flex; align-items: center; min-width: 40px; flex: 0 100 auto; }
[data-hyperflame] .hf-path li:last-child { flex-shrink: 1; }
[data-hyperflame] .hf-crumb {
min-width: 24px; max-width: 280px; height: 24px; padding: 0 6px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
border: 0; border-radius: 4px; background: none; color: var(--hf-text-muted); cursor: pointer;
}
[data-hyperflame] .hf-crumb:hover { background: var(--hf-hover); color: var(--hf-text); }
[data-hyperflame] .hf-crumb[aria-current] { color: var(--hf-text); font-weight: 600; }
[data-hyperflame] .hf-chevron { color: var(--hf-text-muted); flex: none; opacity: .7; }
[data-hyperflame] .hf-total { unicode-bidi: plaintext; margin-inline-start: auto; max-width: 100%; color: var(--hf-text-muted); padding-inline-start: 8px; }

[data-hyperflame] .hf-header { container-type: inline-size; position: relative; z-index: 2; padding: 8px 8px 0; }
[data-hyperflame] .hf-header-line { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; }
@container (max-width: 340px) { [data-hyperflame] .hf-header-line .hf-segments .hf-button:not(.hf-icon-button) { padding: 0 5px; } }
@container (max-width: 360px) {
[data-hyperflame] .hf-labelled span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
[data-hyperflame] :is(.hf-controls, .hf-header-line) { gap: 6px; }
}
[data-hyperflame] .hf-header .hf-button[aria-pressed=true] { background: var(--hf-hover); color: var(--hf-text); box-shadow: inset 0 -2px 0 var(--hf-accent); }
[data-hyperflame][data-shape=timeline] .hf-skeleton { min-height: 0; padding-bottom: 46px; }
[data-hyperflame][data-shape=timeline] .hf-skeleton div { height: 72px; }
[data-hyperflame][data-shape=timeline] .hf-skeleton div:not(:first-child) { display: none; }

[data-hyperflame] .hf-muted { color: var(--hf-text-muted); }

[data-hyperflame] .hf-scroller {
position: relative; box-sizing: content-box; overflow: hidden auto; overscroll-behavior: contain auto; flex: 0 1 auto; min-height: 0;
border-block: 1px solid var(--hf-border); background: var(--hf-background);
}
[data-hyperflame][data-fill=true] .hf-scroller { flex: 1 1 0; min-height: 120px; }
[data-hyperflame] .hf-content { position: relative; min-height: 100%; }
[data-hyperflame] .hf-canvas { position: sticky; top: 0; display: block; cursor: default; touch-action: pan-y; -webkit-touch-callout: none; }
[data-hyperflame] .hf-content[data-over=true] .hf-canvas { cursor: pointer; }
[data-hyperflame] .hf-plot { position: relative; display: flex; flex-direction: column; flex: 0 1 auto; min-height: 0; }
[data-hyperflame][data-fill=true] .hf-plot { flex: 1 1 0; min-height: 122px; }
[data-hyperflame] .hf-mark { position: absolute; left: 0; top: 0; pointer-events: none; border-radius: 2px; }
[data-hyperflame] .hf-hovered { box-shadow: inset 0 0 0 1px var(--hf-text), 0 0 0 1px var(--hf-background); }
[data-hyperflame] .hf-selected { box-shadow: inset 0 0 0 2px var(--hf-text), 0 0 0 1px var(--hf-background); }
[data-hyperflame] .hf-twin { position: absolute; inset: 0; overflow: clip; pointer-events: none; }
[data-hyperflame] .hf-twin [role=row] { position: absolute; overflow: hidden; color: transparent; white-space: nowrap; border-radius: 2px; }
[data-hyperflame] .hf-twin [role=row] { outline: none; }
[data-hyperflame] .hf-twin:not([data-by-pointer=true]) [role=row]:focus { outline: 2px solid var(--hf-accent); outline-offset: -1px; box-shadow: 0 0 0 3px var(--hf-background); }

[data-hyperflame] .hf-tooltip {
position: fixed; z-index: 1000; top: 0; left: 0; width: max-content; max-width: min(420px, calc(100vw - 16px));
padding: 8px 10px; border: 1px solid var(--hf-border); border-radius: 6px;
background: var(--hf-surface); color: var(--hf-text); pointer-events: none;
box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
}
[data-hyperflame] .hf-tooltip-name { font-weight: 600; overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; unicode-bidi: isolate; }
[data-hyperflame] .hf-tooltip-place { color: var(--hf-text-muted); overflow-wrap: anywhere; unicode-bidi: isolate; margin-top: 2px; }
[data-hyperflame] .hf-figures { display: grid; grid-template-columns: auto auto auto auto; gap: 2px 14px; margin-top: 8px; justify-content: start; }
[data-hyperflame] .hf-figures dt { color: var(--hf-text-muted); grid-column: 1; }
[data-hyperflame] .hf-figures dd { text-align: end; white-space: nowrap; }
[data-hyperflame] .hf-figures .hf-minor { color: var(--hf-text-muted); }

[data-hyperflame] .hf-legend { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 14px; padding: 7px 8px; color: var(--hf-text-muted); font-size: 11px; }

[data-hyperflame] .hf-updating { position: absolute; z-index: 2; inset-inline: 0; top: 0; height: 2px; overflow: hidden; pointer-events: none; background: var(--hf-accent); opacity: 0; animation: hyperflame-updating 1.4s ease-in-out .5s infinite; }
@keyframes hyperflame-updating { 50% { opacity: .8; } }
[data-hyperflame] .hf-notice { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 10px; padding: 6px 8px; border-bottom: 1px solid var(--hf-border); }
[data-hyperflame] .hf-notice .hf-button { height: 24px; }
[data-hyperflame] .hf-above { display: flex; flex-wrap: wrap; align-items: center; }
[data-hyperflame] .hf-above .hf-header { flex: 1 1 330px; padding-bottom: 0; }
[data-hyperflame] .hf-above .hf-notice:has(+ .hf-header) { border: 0; padding-bottom: 0; }
[data-hyperflame] .hf-notice p { flex: 1 1 200px; color: var(--hf-text-muted); }

[data-hyperflame] .hf-face { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 8px; flex: 1 1 auto; min-height: 200px; padding: 24px 16px; text-align: center; }
[data-hyperflame] .hf-face h3 { font-size: 13px; font-weight: 600; }
[data-hyperflame] .hf-face p { max-width: 460px; color: var(--hf-text-muted); overflow-wrap: anywhere; text-wrap: pretty; }
[data-hyperflame] .hf-face .hf-reason { color: var(--hf-text); font: 11px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; max-height: 120px; overflow: auto; padding: 6px 8px; border: 1px solid var(--hf-border); border-radius: 4px; background: var(--hf-field); text-align: start; white-space: pre-wrap; max-width: 560px; }
[data-hyperflame] .hf-face-icon { color: var(--hf-text-muted); }
[data-hyperflame] .hf-face[data-tone=error] .hf-face-icon { color: var(--hf-danger); }
[data-hyperflame] .hf-face-actions { display: flex; flex-wrap: wrap; justify-content: center; gap: 8px; margin-top: 4px; }

[data-hyperflame] .hf-skeleton { display: flex; flex-direction: column; gap: 1px; padding: 8px; flex: 1 1 auto; min-height: 200px; }
[data-hyperflame] .hf-skeleton div { display: flex; gap: 1px; height: 19px; }
[data-hyperflame] .hf-skeleton span { border-radius: 2px; background: var(--hf-neutral); opacity: .85; animation: hyperflame-pulse 1.6s ease-in-out infinite; }
[data-hyperflame][data-shape=table] .hf-skeleton { gap: 13px; }
[data-hyperflame][data-shape=table] .hf-skeleton div { justify-content: space-between; height: 14px; }
[data-hyperflame][data-shape=table] .hf-skeleton span { max-width: 50%; }
[data-hyperflame][data-shape=table] .hf-skeleton span + span { min-width: 22%; max-width: 22%; }
[data-hyperflame][data-shape=table] .hf-skeleton span:nth-child(n+3) { display: none; }
@keyframes hyperflame-pulse { 50% { opacity: .35; } }

[data-hyperflame] .hf-none { padding: 16px 8px; color: var(--hf-text-muted); text-align: center; }

@media (prefers-reduced-motion: reduce) {
[data-hyperflame] .hf-skeleton span, [data-hyperflame] .hf-updating { animation: none; }
[data-hyperflame] .hf-updating { opacity: .6; }
}
@media (forced-colors: active) {
[data-hyperflame] .hf-hovered, [data-hyperflame] .hf-selected { outline: 2px solid Highlight; outline-offset: -2px; }
[data-hyperflame] .hf-skeleton span { border: 1px solid GrayText; }
[data-hyperflame] .hf-segments .hf-button[aria-pressed=true] { outline: 2px solid Highlight; outline-offset: -3px; }
[data-hyperflame] .hf-legend { display: none; }
}
`;
