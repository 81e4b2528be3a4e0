import { samePath, sameTransforms, type FlameState } from './flameState.ts';

/** True where a step back should lead from `after` to `before`, not past both. */
export function isNewPlace(before: FlameState, after: FlameState): boolean {
  return (
    before.view !== after.view ||
    before.pivot !== after.pivot ||
    before.inverted !== after.inverted ||
    before.profileType !== after.profileType ||
    before.linkage !== after.linkage ||
    before.timeWindow?.from !== after.timeWindow?.from ||
    before.timeWindow?.to !== after.timeWindow?.to ||
    !samePath(before.focus, after.focus) ||
    !samePath(before.area, after.area) ||
    !sameTransforms(before.transforms, after.transforms)
  );
}
