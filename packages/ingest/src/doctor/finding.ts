/** One thing that was looked at. */
export interface Finding {
  /**
   * - `ok`: as it should be
   * - `note`: works, but a person may want to know
   * - `problem`: data is lost or wrong, or will be
   */
  readonly level: 'ok' | 'note' | 'problem';
  readonly message: string;
  /** What puts it right: SQL, or a command. */
  readonly fix?: string;
}

/** What a table holds. */
export interface TableSize {
  readonly name: string;
  readonly engine: string;
  readonly rows: number;
  /** On disk, with indexes. */
  readonly bytes: number;
  readonly parts: number;
  /** Of the partition that has the most. */
  readonly partsOfOnePartition: number;
}

/** Everything that `hyperflame doctor` found. */
export interface Diagnosis {
  readonly serverVersion: string;
  readonly database: string;
  readonly findings: readonly Finding[];
  readonly tables: readonly TableSize[];
  readonly profiles: ProfilesSummary | undefined;
}

/** What the profiles come to; undefined in a diagnosis where their tables are missing. */
export interface ProfilesSummary {
  /** Rows of `otel_profiles`: OTLP samples. */
  readonly samples: number;
  /** Distinct ones, of both levels. */
  readonly stacks: number;
  readonly frames: number;
  /** How often a stack is met again: samples for each of them. */
  readonly samplesPerStack: number | undefined;
  /** All profile tables together, for each sample. */
  readonly bytesPerSample: number | undefined;
  /** ISO 8601 in UTC; undefined without samples. */
  readonly newest: string | undefined;
  /** Since the newest sample. */
  readonly lagSeconds: number | undefined;
  /** From the newest sample of the newest insert to that insert; undefined where it is merged. */
  readonly insertLagSeconds: number | undefined;
}
