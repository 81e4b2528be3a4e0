import type { ReactNode } from 'react';
import type { View } from '../state/flameState.ts';
import type { UpdateFlameState } from '../state/useFlameState.ts';
import { ViewSwitch } from '../view/ViewSwitch.tsx';

interface DiffHeaderProps {
  view: View;
  views: readonly View[];
  update: UpdateFlameState;
  children?: ReactNode;
}

/** Stands above the pictures of a diff: the switch between them must not go with one of them. */
export function DiffHeader({ view, views, update, children }: DiffHeaderProps) {
  return (
    <div className="hf-header">
      <div className="hf-header-line">
        {views.length > 1 && (
          <ViewSwitch value={view} views={views} onChange={(chosen) => update({ view: chosen })} />
        )}
        {children}
      </div>
    </div>
  );
}
