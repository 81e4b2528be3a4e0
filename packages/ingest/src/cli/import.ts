import { Option, type Command } from 'commander';

import type { ConnectionOptions } from '../connection.ts';
import type { ImportProblem } from '../import/import-file.ts';
import {
  followFiles,
  importFiles,
  type ImportOptions,
  type ImportSummary,
} from '../import/import-files.ts';
import type { ImportFormat } from '../import/read-payload.ts';
import { spanOfLabels } from '../import/span-of-labels.ts';
import { plural, printable } from '../text.ts';
import { addConnectionOptions, connectionOf } from './connection-options.ts';
import { EXIT, type EndWith } from './exit.ts';
import { interruptible } from './interruptible.ts';
import { collectPairs } from './pairs.ts';
import { progressLine } from './progress.ts';
import type { Terminal } from './program.ts';

interface Options extends ConnectionOptions {
  readonly follow: boolean;
  readonly format: ImportFormat;
  readonly resource: Readonly<Record<string, string>>;
  readonly frameType?: string;
}

export function addImport(program: Command, terminal: Terminal, endWith: EndWith): void {
  const command = program
    .command('import')
    .description('bring files in without a Collector: OTLP profiles, traces and logs, and pprof')
    .argument('<paths...>', 'files, and folders with all that is below them')
    .option('--follow', 'go on with what is added, until Ctrl-C', false)
    .addOption(
      new Option('--format <format>', 'what the files are; auto finds out')
        .choices(['auto', 'otlp', 'pprof'])
        .default('auto'),
    )
    .option(
      '--resource <key=value>',
      'for pprof: what it is a profile of, e.g. service.name=shop (repeatable)',
      collectPairs,
      {},
    )
    .option('--frame-type <type>', 'for pprof: profile.frame.type of its frames, e.g. go');
  addConnectionOptions(command).action(async (paths: string[], options: Options) => {
    const { stderr } = terminal;
    const line = progressLine(stderr);
    const importOptions: ImportOptions = {
      connection: connectionOf(options),
      paths,
      format: options.format,
      pprof: {
        resource: options.resource,
        frameType: options.frameType,
        link: spanOfLabels,
      },
      onProgress: (summary) => line.show(formatSummary(summary)),
      onProblem: (problem) => line.print(formatProblem(problem)),
    };
    let summary: ImportSummary;
    try {
      summary = options.follow
        ? await interruptible(terminal, (signal) =>
            followFiles({
              ...importOptions,
              signal,
              onServerError: (error) => line.print(printable(error.message)),
            }),
          )
        : await importFiles(importOptions);
    } finally {
      line.clear();
    }
    terminal.stdout.write(`Imported ${formatSummary(summary)}.\n`);
    if (summary.expiredSamples > 0) {
      terminal.stdout.write(
        `${plural(summary.expiredSamples, 'sample')} of these are too old to be kept; "hyperflame migrate --ttl TIME" keeps samples longer.\n`,
      );
    }
    if (summary.problems > 0) endWith(EXIT.failed);
  });
}

function formatProblem({ file, offset, path, reason }: ImportProblem): string {
  // The name of a file may have lines in it, which would look like problems of others.
  const name = file.replaceAll('\n', '\\n');
  return printable(`${name}: byte ${offset}${path === '' ? '' : ` (${path})`}: ${reason}`);
}

/** `2 of 3 files: 49 samples, 12 spans, 0 log records, 1 problem` */
function formatSummary(summary: ImportSummary): string {
  const { files, filesDone, samples, spans, logRecords, problems } = summary;
  const parts = [
    plural(samples, 'sample'),
    plural(spans, 'span'),
    plural(logRecords, 'log record'),
    ...(problems === 0 ? [] : [plural(problems, 'problem')]),
  ];
  return `${filesDone} of ${plural(files, 'file')}: ${parts.join(', ')}`;
}
