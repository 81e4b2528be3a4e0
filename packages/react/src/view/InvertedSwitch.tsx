import type { FlameState } from '../state/flameState.ts';
import type { UpdateFlameState } from '../state/useFlameState.ts';
import { useAllSettings } from '../theme/allSettings.ts';

interface InvertedSwitchProps {
  state: FlameState;
  update: UpdateFlameState;
}

/** Turns a tree round: what ends the stacks is at the root then. */
export function InvertedSwitch({ state, update }: InvertedSwitchProps) {
  const { messages } = useAllSettings();
  return (
    <button
      type="button"
      className="hf-button"
      aria-pressed={state.inverted}
      title={messages.invertedHint}
      // Places in one tree are not places in the other.
      onClick={() => update({ inverted: !state.inverted, focus: [], selected: [] })}
    >
      {messages.inverted}
    </button>
  );
}
