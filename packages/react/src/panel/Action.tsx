interface ActionProps {
  label: string;
  /** There is no button without it. */
  run: (() => void) | undefined;
}

export function Action({ label, run }: ActionProps) {
  return (
    run && (
      <button type="button" className="hf-button" onClick={run}>
        {label}
      </button>
    )
  );
}
