import { count, duration } from '../text.ts';
import type { Diagnosis, Finding, ProfilesSummary } from './finding.ts';

const MARKS: Record<Finding['level'], string> = { ok: '✓', note: '•', problem: '✗' };

/** A diagnosis for people to read. */
export function formatDiagnosis(diagnosis: Diagnosis): string {
  const lines: string[] = [];
  for (const { level, message, fix } of diagnosis.findings) {
    lines.push(`${MARKS[level]} ${message}`);
    if (fix !== undefined) lines.push(`    ${fix}`);
  }
  if (diagnosis.tables.length > 0) lines.push('', ...tableLines(diagnosis));
  if (diagnosis.profiles !== undefined) lines.push(...profileLines(diagnosis.profiles));
  const problems = diagnosis.findings.filter((finding) => finding.level === 'problem').length;
  lines.push(
    '',
    problems === 0 ? 'No problems.' : `${problems} ${problems === 1 ? 'problem' : 'problems'}.`,
  );
  return lines.join('\n');
}

function profileLines(profiles: ProfilesSummary): string[] {
  const { samples, stacks, frames, samplesPerStack, bytesPerSample, newest } = profiles;
  if (bytesPerSample === undefined) return [];
  const lines = [
    `${count(samples)} samples in ${count(stacks)} stacks of ${count(frames)} frames, ${bytesPerSample.toFixed(1)} bytes a sample.`,
  ];
  if (samplesPerStack !== undefined) {
    lines.push(`A stack is met ${samplesPerStack.toFixed(1)} times.`);
  }
  const { lagSeconds = 0, insertLagSeconds } = profiles;
  const late =
    insertLagSeconds === undefined
      ? ''
      : `; the newest insert came ${duration(insertLagSeconds * 1000)} after its newest sample`;
  lines.push(`The newest sample is of ${newest}, ${duration(lagSeconds * 1000)} ago${late}.`);
  return ['', ...lines];
}

function tableLines({ tables, profiles }: Diagnosis): string[] {
  const samples = profiles?.samples ?? 0;
  const cells = [
    ['table', 'rows', 'bytes', 'parts', 'bytes a row', 'bytes a sample'],
    ...tables.map(({ name, rows, bytes, parts }) => [
      name,
      count(rows),
      count(bytes),
      count(parts),
      rows === 0 ? '' : (bytes / rows).toFixed(1),
      samples === 0 || !name.startsWith('otel_profiles') ? '' : (bytes / samples).toFixed(1),
    ]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  );
}
