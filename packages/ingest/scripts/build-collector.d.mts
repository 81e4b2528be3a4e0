export declare class CollectorBuildError extends Error {}
export declare function collectorPath(options?: {
  manifest?: string;
  env?: NodeJS.ProcessEnv;
}): string;
export declare function buildCollector(options?: {
  manifest?: string;
  env?: NodeJS.ProcessEnv;
  log?: (line: string) => void;
}): Promise<string>;
