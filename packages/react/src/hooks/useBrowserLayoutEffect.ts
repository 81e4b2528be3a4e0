import { useEffect, useLayoutEffect } from 'react';

/**
 * `useLayoutEffect` where there is a layout. On a server, where neither runs, React 18 warns of the
 * one but not of the other.
 */
export const useBrowserLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;
