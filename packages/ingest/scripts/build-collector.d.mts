export declare class CollectorBuildError extends Error {}
export declare function collectorPath(options?: { env?: NodeJS.ProcessEnv }): string;
export declare function buildCollector(options?: {
  env?: NodeJS.ProcessEnv;
  goFolders?: readonly string[];
  log?: (line: string) => void;
}): Promise<string>;
export function findGo(env?: NodeJS.ProcessEnv, goFolders?: string[]): string | undefined;
export function cacheRoot(env?: NodeJS.ProcessEnv): string;
