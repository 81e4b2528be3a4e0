import type { ComponentType } from 'react';
import type { StackTable } from '@hyperflame/calltree';
import { comesLater, useFetched, type Later } from '../later/comesLater.tsx';
import { RetryCode } from '../later/RetryCode.tsx';
import type { FlameState } from '../state/flameState.ts';
import {
  useFlameState,
  type FlameStateProps,
  type UpdateFlameState,
} from '../state/useFlameState.ts';
import type { Shape } from '../theme/Root.tsx';
import { WithSettings } from '../theme/WithSettings.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import { ProfilePanel, type PanelContent, type PanelProps } from './ProfilePanel.tsx';

/** What a picture is handed once there is an answer to draw. */
export interface Asked extends PanelContent {
  readonly stacks: StackTable;
  readonly state: FlameState;
  readonly update: UpdateFlameState;
}

/** Props of a component that asks for itself, whatever it draws. */
interface AskingOptions extends PanelProps, FlameStateProps {
  height?: 'auto' | 'fill' | number;
  toolbar?: boolean;
  transformable?: boolean;
  shape?: Shape;
}

type AskingProps<Picture> = Omit<Picture, keyof Asked> &
  AskingOptions & { picture: ComponentType<Picture> | Later<Picture> };

const LaterHeader = /* @__PURE__ */ comesLater(
  'changes',
  async () => (await import('./AskedHeader.tsx')).AskedHeader,
  // As high as it will be: what is below stays where it is.
  (props) =>
    props.of.transformable &&
    props.of.toolbar !== false && (
      <div className="hf-header">
        <div className="hf-header-line">
          <span className="hf-button" style={{ visibility: 'hidden' }} />
          <RetryCode {...props} />
        </div>
      </div>
    ),
);

/**
 * What all components that ask for themselves have in common: settings of their own, one state, a
 * panel that asks and shows what fits until there is an answer for the picture, and above that what
 * was done to the profile.
 */
export function Asking<Picture extends Partial<Asked>>(
  props: AskingProps<Picture> & SettingsProps,
) {
  return <WithSettings {...props} of={AskingPanel<Picture>} />;
}

function AskingPanel<Picture extends Partial<Asked>>({
  picture: Picture,
  ...props
}: AskingProps<Picture>) {
  useFetched(Picture as Partial<Later<Picture>>);
  useFetched(LaterHeader);
  const [state, update] = useFlameState(props);
  return (
    <ProfilePanel {...props} fill={props.height === 'fill'} state={state} update={update}>
      {(content) => {
        const asked: Asked = { ...content, stacks: content.answer.stacks, state, update };
        return (
          <>
            <div className="hf-above">
              {content.linkage}
              <LaterHeader {...props} {...asked} />
            </div>
            <Picture {...({ ...props, ...asked } as unknown as Picture)} />
          </>
        );
      }}
    </ProfilePanel>
  );
}
