import { useEffect, type ComponentType, type ReactNode } from 'react';
import { codeOf, useCode } from './code.ts';

/** A component whose code comes when it is first drawn. */
export type Later<Props> = ComponentType<Props> & {
  /** Has the code come before it is drawn, as while there is something else to wait for as well. */
  readonly fetch: () => void;
};

/** What stands where a component will be. */
export type Instead<Props> = (props: {
  /** Those of the component. */
  of: Props;
  /** Why its code could not be fetched; missing while that is on its way. */
  error: Error | undefined;
  retry: () => void;
}) => ReactNode;

/** Puts something else where a component will be until its code is there. */
export function comesLater<Props extends object>(
  part: string,
  load: () => Promise<ComponentType<Props>>,
  InItsPlace: Instead<Props>,
): Later<Props> {
  const code = codeOf(part, load);
  function ComesLater(props: Props) {
    const { value: Component, error } = useCode(code);
    if (Component) return <Component {...props} />;
    return <InItsPlace of={props} error={error} retry={code.fetch} />;
  }
  return Object.assign(ComesLater, { fetch: code.fetch });
}

/** Has a component's code come while there is something else to wait for, such as an answer. */
export function useFetched({ fetch }: Partial<Pick<Later<never>, 'fetch'>>): void {
  useEffect(() => fetch?.(), [fetch]);
}
