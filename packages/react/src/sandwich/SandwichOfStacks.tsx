import { useRef } from 'react';
import { useFunctionTable, useSandwich } from '../engine/useTrees.ts';
import { Computed } from '../panel/Computed.tsx';
import type { OfStacks } from '../panel/ofStacks.ts';
import { FunctionRows } from '../table/FunctionRows.tsx';
import { Root } from '../theme/Root.tsx';
import { useAllSettings } from '../theme/allSettings.ts';
import { useFocusKept } from '../twin/useFocusKept.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import { BothSides } from './BothSides.tsx';
import type { SandwichOptions } from './SandwichView.tsx';
import { Styles } from '../theme/Styles.tsx';
import { SANDWICH_STYLES } from './styles.ts';

/** The sandwich of the state's `pivot`; without one, the functions to choose it from. */
export function SandwichOfStacks(props: OfStacks & SandwichOptions & FrameCallbacks) {
  const { stacks, granularity, state, update, height } = props;
  const { messages } = useAllSettings();
  const { transforms, pivot } = state;
  const options = { granularity, transforms };
  const functions = useFunctionTable(stacks, options);
  const sides = useSandwich(stacks, pivot, options);
  const rootRef = useRef<HTMLDivElement>(null);
  const kept = useFocusKept(rootRef);
  return (
    <Root fill={height === 'fill'} rootRef={rootRef} {...kept}>
      <Computed {...props} result={functions}>
        {(table) =>
          pivot === '' ? (
            <>
              <Styles of={SANDWICH_STYLES} />
              <div className="hf-hint">
                <h3>{messages.chooseFunction}</h3>
                <p>{messages.chooseFunctionHint}</p>
              </div>
              <FunctionRows
                {...props}
                height={height === 'fill' ? 'fill' : 400}
                table={table}
                state={state}
                onStateChange={update}
              />
            </>
          ) : (
            <Computed {...props} result={sides}>
              {(sandwich) => (
                <BothSides
                  {...props}
                  sandwich={sandwich}
                  pivot={sandwich.pivot}
                  whole={table.wholeTotal}
                  state={state}
                  onStateChange={update}
                />
              )}
            </Computed>
          )
        }
      </Computed>
    </Root>
  );
}
