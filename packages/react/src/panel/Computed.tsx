import type { ReactNode } from 'react';
import type { EngineResult } from '../hooks/useEngineResult.ts';
import { defaultFaces } from './defaultFaces.tsx';
import type { Faces } from './faces.ts';

interface ComputedProps<Value> {
  result: Pick<EngineResult<Value>, 'value' | 'error'> & Partial<EngineResult<Value>>;
  faces?: Partial<Faces>;
  /** Asks for what it is computed from again; missing where that was given. */
  retry?: () => void;
  children: (value: Value) => ReactNode;
}

/** What is drawn of something that the engine computes, and the faces for as long as it has not. */
export function Computed<Value>({ result, retry, children, ...props }: ComputedProps<Value>) {
  const faces = { ...defaultFaces, ...props.faces };
  if (result.error) return <faces.Error error={result.error} retry={retry} />;
  return (
    <>
      {result.progress !== undefined && <faces.Computing share={result.progress} />}
      {result.value ? children(result.value) : <faces.Loading />}
    </>
  );
}
