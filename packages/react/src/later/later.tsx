import { useEffect, type ComponentType } from 'react';
import { defaultFaces } from '../panel/defaultFaces.tsx';
import type { Faces } from '../panel/faces.ts';
import { Root } from '../theme/Root.tsx';
import { useSettings } from '../theme/settings.ts';
import { codeOf, useCode } from './code.ts';

/** A component whose code comes when it is first drawn. */
export type Later<Props> = ComponentType<Props> & {
  /** Has the code come before it is drawn, as while there is something else to wait for as well. */
  readonly fetch: () => void;
};

interface LaterProps {
  height?: 'auto' | 'fill' | number;
  faces?: Partial<Pick<Faces, 'Loading' | 'Error'>>;
}

/** Where its props do not say how high it is. */
interface Room extends Pick<LaterProps, 'height'> {
  /** Gives the face the height of the component, where that is no number. */
  className?: string;
}

/**
 * Puts the face of something that loads where a component will be, and in as much room, until its code
 * is there. No `<Suspense>` is needed above it, and a server writes the face.
 *
 *     const Areas = later('treemap', async () => (await import('./Areas.tsx')).Areas, { height: 400 });
 */
export function later<Props extends object>(
  part: string,
  load: () => Promise<ComponentType<Props>>,
  room: Room = {},
): Later<Props> {
  const code = codeOf(part, load);
  function ComesLater(props: Props) {
    const { value: Component, error } = useCode(code);
    if (Component) return <Component {...props} />;
    const { height, faces }: LaterProps = { ...room, ...props };
    return (
      <Standing
        className={room.className}
        height={height}
        faces={faces}
        error={error}
        retry={code.fetch}
      />
    );
  }
  return Object.assign(ComesLater, { fetch: code.fetch });
}

/** Has a component's code come while there is something else to wait for, such as an answer. */
export function useFetched({ fetch }: Partial<Pick<Later<never>, 'fetch'>>): void {
  useEffect(() => fetch?.(), [fetch]);
}

interface StandingProps extends LaterProps, Room {
  error: Error | undefined;
  retry: () => void;
}

/** What stands there in the meantime. */
function Standing({ className, height, error, retry, ...props }: StandingProps) {
  const { messages } = useSettings();
  const faces = { ...defaultFaces, ...props.faces };
  return (
    <Root
      className={className}
      fill={height === 'fill'}
      style={typeof height === 'number' ? { height, overflow: 'auto' } : undefined}
    >
      {error ? (
        <faces.Error error={error} retry={retry} />
      ) : (
        <faces.Loading lookedFor={messages.loading} />
      )}
    </Root>
  );
}
