import type { ReactNode } from 'react';

/** CSS pixels. */
export const TABLE_HEIGHT = 400;

export interface GridOptions {
  /** `fill` takes the height of the parent. A number is in CSS pixels; 400 if not said. */
  height?: 'fill' | number;
  /** The filter box. True if not said. */
  toolbar?: boolean;
  /** Further controls for the toolbar. */
  controls?: ReactNode;
  /** Name of the table for assistive technology. */
  label?: string;
}
