/** What few files need to be read, or to be named: one piece that is loaded with the first of them. */
export { stackTablesFromCutTrace } from './cut-trace.ts';
export { stackTablesFromOtherJson } from './other-json.ts';
export { isPerfScript, stackTablesFromPerfScript } from './perf-script.ts';
export { unreadFormat } from './unread-formats.ts';
