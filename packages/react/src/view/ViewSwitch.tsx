import { VIEWS, type View } from '../state/flameState.ts';
import { useAllSettings } from '../theme/allSettings.ts';

interface ViewSwitchProps {
  value: View;
  views?: readonly View[];
  onChange: (view: View) => void;
}

/** Which picture of the profile is shown. */
export function ViewSwitch({ value, views = VIEWS, onChange }: ViewSwitchProps) {
  const { messages } = useAllSettings();
  return (
    <div className="hf-segments" role="group" aria-label={messages.view}>
      {views.map((view) => (
        <button
          key={view}
          type="button"
          className="hf-button"
          aria-pressed={view === value}
          onClick={() => onChange(view)}
        >
          {messages.views[view]}
        </button>
      ))}
    </div>
  );
}
