import type { ComponentType } from 'react';
import { defaultFaces } from '../panel/defaultFaces.tsx';
import type { Faces } from '../panel/faces.ts';
import { Root, type Shape } from '../theme/Root.tsx';
import { comesLater, type Later } from './comesLater.tsx';

interface PictureProps {
  height?: 'auto' | 'fill' | number;
  faces?: Partial<Pick<Faces, 'Loading' | 'Error'>>;
}

/** Where its props do not say how high it is. */
interface Room extends Pick<PictureProps, 'height'> {
  shape?: Shape;
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
  { shape, ...room }: Room = {},
): Later<Props> {
  return comesLater(part, load, ({ of, error, retry }) => {
    const { height, faces }: PictureProps = { ...room, ...of };
    return <Face {...{ shape, height, faces, error, retry }} />;
  });
}

interface FaceProps extends PictureProps, Room {
  error: Error | undefined;
  retry: () => void;
}

function Face({ shape, height, error, retry, ...props }: FaceProps) {
  const faces = { ...defaultFaces, ...props.faces };
  return (
    <Root
      shape={shape}
      fill={height === 'fill'}
      style={typeof height === 'number' ? { height, overflow: 'auto' } : undefined}
    >
      {error ? <faces.Error error={error} retry={retry} /> : <faces.Loading />}
    </Root>
  );
}
