// What every measure is: a name to ask for it by, and a run that answers figures.

export interface Figure {
  readonly what: string;
  readonly value: number | string;
  readonly unit: string;
  /** What the value should be, in words; left out when it is only good to know. */
  readonly aim?: string;
  /** Whether it is so; left out without an aim. */
  readonly met?: boolean;
}

export interface Measure {
  readonly name: string;
  /** One line of help. */
  readonly about: string;
  run(options: MeasureOptions): Promise<readonly Figure[]>;
}

export interface MeasureOptions {
  /** How many samples a measure of samples takes. */
  readonly samples: number;
  /** How many accounts and events a measure of a large institute makes. */
  readonly accounts: number;
  readonly events: number;
  /** Where a measure of a large institute keeps its stores, and finds them again; null: nowhere. A folder, and a PostgreSQL database. */
  readonly folder: string | null;
  readonly database: string | null;
  /** What a person may want to know while it runs; not part of the results. */
  note(line: string): void;
}

export const round = (value: number, decimals = 1) => Number(value.toFixed(decimals));
