import { useDeferredValue, type ReactNode } from 'react';

interface LaterProps {
  children: ReactNode;
  /** False: it is what somebody acts on, and follows at once. True if not said. */
  wait?: boolean;
}

/** What may follow the picture a moment later, so that the picture is there sooner. */
export function Later({ children, wait = true }: LaterProps) {
  const later = useDeferredValue(children);
  return wait ? later : children;
}
