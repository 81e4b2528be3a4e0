import type { ComponentType } from 'react';
import { defaultFaces } from '../panel/defaultFaces.tsx';
import type { Faces } from '../panel/faces.ts';
import { Root } from '../theme/Root.tsx';
import { comesLater, type Later } from './comesLater.tsx';

interface PictureProps {
  height?: 'auto' | 'fill' | number;
  faces?: Partial<Pick<Faces, 'Loading' | 'Error'>>;
}

/** Where its props do not say how high it is. */
interface Room extends Pick<PictureProps, 'height'> {
  /** Gives the face the height of the picture, where that is no number. */
  className?: string;
}

/**
 * Puts the face of something that loads where a picture will be, and in as much room, until its code is
 * there. No `<Suspense>` is needed above it, and a server writes the face.
 *
 *     const Areas = later('treemap', async () => (await import('./Areas.tsx')).Areas, { height: 400 });
 */
export function later<Props extends object>(
  part: string,
  load: () => Promise<ComponentType<Props>>,
  { className, ...room }: Room = {},
): Later<Props> {
  return comesLater(part, load, ({ of, error, retry }) => {
    const { height, faces }: PictureProps = { ...room, ...of };
    return <Face {...{ className, height, faces, error, retry }} />;
  });
}

interface FaceProps extends PictureProps, Room {
  error: Error | undefined;
  retry: () => void;
}

function Face({ className, height, error, retry, ...props }: FaceProps) {
  const faces = { ...defaultFaces, ...props.faces };
  return (
    <Root
      className={className}
      fill={height === 'fill'}
      style={typeof height === 'number' ? { height, overflow: 'auto' } : undefined}
    >
      {error ? <faces.Error error={error} retry={retry} /> : <faces.Loading />}
    </Root>
  );
}
