import { useDeferredValue, type ReactNode } from 'react';

interface DeferredProps {
  children: ReactNode;
  /** False: it is what somebody acts on, and follows at once. True if not said. */
  wait?: boolean;
}

/** What may follow the picture a moment later, so that the picture is there sooner. */
export function Deferred({ children, wait = true }: DeferredProps) {
  const deferred = useDeferredValue(children);
  return wait ? deferred : children;
}
