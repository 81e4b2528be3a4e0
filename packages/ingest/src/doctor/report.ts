import type { Diagnosis, Finding } from './finding.ts';

const MARKS: Record<Finding['level'], string> = { ok: '✓', note: '•', problem: '✗' };

/** A diagnosis for people to read. */
export function formatDiagnosis(diagnosis: Diagnosis): string {
  const lines: string[] = [];
  for (const { level, message, fix } of diagnosis.findings) {
    lines.push(`${MARKS[level]} ${message}`);
    if (fix !== undefined) lines.push(`    ${fix}`);
  }
  if (diagnosis.tables.length > 0) lines.push('', ...tableLines(diagnosis));
  const { profiles } = diagnosis;
  if (profiles?.bytesPerSample !== undefined) {
    lines.push(
      '',
      `${count(profiles.samples)} samples in ${count(profiles.stacks)} stacks of ${count(profiles.frames)} frames, ` +
        `${profiles.bytesPerSample.toFixed(1)} bytes a sample; the newest of ${profiles.newest}.`,
    );
  }
  const problems = diagnosis.findings.filter((finding) => finding.level === 'problem').length;
  lines.push(
    '',
    problems === 0 ? 'No problems.' : `${problems} ${problems === 1 ? 'problem' : 'problems'}.`,
  );
  return lines.join('\n');
}

function tableLines({ tables }: Diagnosis): string[] {
  const cells = [
    ['table', 'rows', 'bytes', 'bytes a row'],
    ...tables.map(({ name, rows, bytes }) => [
      name,
      count(rows),
      count(bytes),
      rows === 0 ? '' : (bytes / rows).toFixed(1),
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

/** 1234567 → 1 234 567, the same in every locale, so that a script can rely on it. */
function count(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
}
