import type { FlamegraphQuestion, ProfileScope } from '@hyperflame/sdk';

/** Which samples a question is about, without how they are wanted. */
export function scopeOf(question: FlamegraphQuestion): ProfileScope {
  const { maxStacks: _, skipStacks: __, granularity: ___, exact: ____, ...rest } = question;
  const { groupBy: _____, maxGroups: ______, ...scope } = rest;
  return scope;
}
