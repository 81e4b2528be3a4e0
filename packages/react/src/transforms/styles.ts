/** Rules of changes made to a profile. */
export const CHAIN_STYLES = `
[data-hyperflame] .hf-chain { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 6px; min-width: 0; }
[data-hyperflame] .hf-chain ol { display: flex; flex-wrap: wrap; gap: 4px; min-width: 0; }
[data-hyperflame] .hf-chip { display: flex; align-items: center; min-width: 0; max-width: 260px; height: 28px; padding-inline-start: 8px; border: 1px solid var(--hf-border); border-radius: 14px; background: var(--hf-field); }
[data-hyperflame] .hf-chip bdi { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
[data-hyperflame] .hf-chip .hf-button { width: 26px; height: 26px; border-radius: 13px; flex: none; }
`;
