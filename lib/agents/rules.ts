// What an act of an agent's tells of itself, in the list of what agents did. Pure.

/** Of an event's data, and none other: nothing secret is in them. */
export const actDetails = ['query', 'action', 'why', 'method', 'outcome', 'decision', 'reason', 'name', 'case'] as const;

/** What an act says of itself; null where it does not. */
export type ActDetails = Readonly<Record<(typeof actDetails)[number], string | null>> & {
  /** Of a search: how many were found. */
  readonly found: number | null;
};
