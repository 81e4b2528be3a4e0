import { createContext, useContext, type ComponentProps, type Ref } from 'react';
import { useSettings } from './settings.ts';
import { Styles } from './Styles.tsx';
import { STYLE_SHEET } from './styles.ts';

const InsideRoot = /* @__PURE__ */ createContext(false);

export type Shape = 'table' | 'timeline';

interface RootProps extends Omit<ComponentProps<'div'>, 'ref'> {
  /** Not `ref`: function components of React 18 do not get it as a prop. */
  rootRef?: Ref<HTMLDivElement>;
  /** Take the height of the parent. */
  fill?: boolean;
  /** What the face of something that loads looks like in it; a flame graph if not said. */
  shape?: Shape;
  /** What the outermost one brings; the whole style sheet if not said. */
  styles?: string;
}

/**
 * The element that every component lives in. The outermost one brings the style sheet, which
 * reaches no further than its own subtree.
 */
export function Root({
  rootRef,
  fill = false,
  shape,
  styles = STYLE_SHEET,
  children,
  ...rest
}: RootProps) {
  const nested = useContext(InsideRoot);
  const { colorScheme } = useSettings();
  return (
    <div
      ref={rootRef}
      data-hyperflame=""
      data-fill={fill}
      data-shape={shape}
      data-color-scheme={colorScheme === 'auto' ? undefined : colorScheme}
      {...rest}
    >
      {!nested && <Styles of={styles} />}
      <InsideRoot.Provider value={true}>{children}</InsideRoot.Provider>
    </div>
  );
}
