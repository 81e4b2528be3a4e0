/** How the service is told where to listen and where its telemetry goes: by environment only. */
export interface Config {
  /** 0 picks a free port. */
  readonly port: number;
  /** Base URL of an OTLP/HTTP receiver, e.g. `http://127.0.0.1:4318`; undefined posts nothing. */
  readonly otlpEndpoint: string | undefined;
  /** Every payload is also written here, byte for byte as it is posted. */
  readonly captureDir: string | undefined;
  /** A profile is sent this often. */
  readonly profileSeconds: number;
  /** Time between two samples. */
  readonly sampleIntervalMicros: number;
  readonly serviceName: string;
  readonly environment: string;
}

/**
 * Reads the configuration from environment variables.
 * @throws Error with one sentence that names the variable
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const captureDir = env['HYPERFLAME_CAPTURE_DIR'] || undefined;
  const mode = env['HYPERFLAME_EXPORT'] || 'otlp';
  if (mode !== 'otlp' && mode !== 'files') {
    throw new Error(`HYPERFLAME_EXPORT is '${mode}'; it can be 'otlp' or 'files'.`);
  }
  if (mode === 'files' && captureDir === undefined) {
    throw new Error(
      'HYPERFLAME_EXPORT=files needs HYPERFLAME_CAPTURE_DIR, the folder to write to.',
    );
  }
  return {
    port: wholeNumber(env, 'PORT', 8080),
    otlpEndpoint:
      mode === 'files' ? undefined : env['OTEL_EXPORTER_OTLP_ENDPOINT'] || 'http://127.0.0.1:4318',
    captureDir,
    profileSeconds: wholeNumber(env, 'HYPERFLAME_PROFILE_SECONDS', 5, 1),
    sampleIntervalMicros: wholeNumber(env, 'HYPERFLAME_SAMPLE_INTERVAL_MICROS', 1000, 100),
    serviceName: env['OTEL_SERVICE_NAME'] || 'shop',
    environment: env['DEPLOYMENT_ENVIRONMENT'] || 'development',
  };
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, fallback: number, least = 0): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new Error(`${name} is '${text}'; it must be a whole number of at least ${least}.`);
  }
  return value;
}
