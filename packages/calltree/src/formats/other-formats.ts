/** What few files need to be read, or to be named: one piece that is loaded with the first of them. */
export { stackTablesFromTrace } from './chrome-trace.ts';
export { stackTablesFromCutTrace } from './cut-trace.ts';
export { stackTablesFromFirefox } from './firefox.ts';
export { isPerfScript, stackTablesFromPerfScript } from './perf-script.ts';
export { unreadFormat } from './unread-formats.ts';
