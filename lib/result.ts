// What an act answers: a value, or a problem that a person can do something about. Defects throw.

/** A refusal in the making of which nothing was changed, or only a try was counted. Its sentence is in lib/language. */
export interface Problem<Code extends string = string> {
  readonly code: Code;
  /** The field to correct, by its form name; none when the problem is of the whole form. */
  readonly field?: string;
  /** Epoch milliseconds from which trying again makes sense. */
  readonly retryAt?: number;
  /** Tries left. */
  readonly left?: number;
  /** How far the person's clock seems to be off, in seconds; positive when it is fast. */
  readonly drift?: number;
}

export type Result<Value, Code extends string = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly [Problem<Code>, ...Problem<Code>[]] };

export const done = <Value>(value: Value) => ({ ok: true, value }) as const;
export const refused = <Code extends string>(first: Problem<Code>, ...others: Problem<Code>[]) =>
  ({ ok: false, problems: [first, ...others] }) as const;
