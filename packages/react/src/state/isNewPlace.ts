import { samePath, sameTransforms, type FlameState } from './flameState.ts';

/** True where a step back should lead from `after` to `before`, not past both. */
export function isNewPlace(before: FlameState, after: FlameState): boolean {
  return (
    before.view !== after.view ||
    before.pivot !== after.pivot ||
    before.inverted !== after.inverted ||
    before.profileType !== after.profileType ||
    before.linkage !== after.linkage ||
    // A window is picked step by step; one goes somewhere with the first, and comes back with none.
    (before.timeWindow === null) !== (after.timeWindow === null) ||
    !samePath(before.focus, after.focus) ||
    !samePath(before.area, after.area) ||
    !samePath(before.under, after.under) ||
    !sameTransforms(before.transforms, after.transforms)
  );
}
