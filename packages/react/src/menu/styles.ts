/** Rules of a menu at the pointer. */
export const MENU_STYLES = `
[data-hyperflame] .hf-menu {
position: fixed; z-index: 1001; top: 0; left: 0; min-width: 180px; max-width: min(340px, calc(100vw - 16px));
border: 1px solid var(--hf-border); border-radius: 6px; background: var(--hf-surface);
box-shadow: 0 6px 20px rgb(0 0 0 / 22%);
}
[data-hyperflame] .hf-menu-title { padding: 8px 12px 6px; border-bottom: 1px solid var(--hf-border); color: var(--hf-text-muted); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
[data-hyperflame] .hf-menu [role=menu] { max-height: min(560px, calc(100vh - 60px)); padding: 4px; overflow: hidden auto; }
[data-hyperflame] .hf-menu [role=menuitem] { display: flex; justify-content: space-between; gap: 20px; width: 100%; padding: 4px 8px; border: 0; border-radius: 4px; background: none; text-align: start; cursor: pointer; }
[data-hyperflame] .hf-menu [role=menuitem]:hover, [data-hyperflame] .hf-menu [role=menuitem]:focus { background: var(--hf-hover); outline: none; }
[data-hyperflame] .hf-menu [role=separator] { margin: 4px -4px; border-top: 1px solid var(--hf-border); }
[data-hyperflame] .hf-menu kbd { font: inherit; color: var(--hf-text-muted); }
[data-hyperflame] .hf-menu [role=menuitem]:focus-visible { outline: 2px solid var(--hf-accent); outline-offset: -2px; }
`;
