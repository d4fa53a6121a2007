// What a server action answers to its form: sentences in the person's language, never what was secret.
import type { Problem } from '#lib/result';

export interface FormProblem extends Problem {
  readonly sentence: string;
}

export interface FormState {
  readonly problems: readonly FormProblem[];
  /** What was typed and may be shown again, by field name: addresses and choices, never passwords, codes or answers. */
  readonly kept: Readonly<Record<string, string>>;
  /** A success worth a notice on the same page, e.g. « another code was sent ». */
  readonly notice: string | null;
  /** Counts submissions, so that the same refusal twice is announced twice. */
  readonly attempt: number;
  /** What is shown on this answer alone, and never again: a pass. Whoever shows it shows no form beside it, which would send it back. */
  readonly once?: string;
  /** What `ProofField` says; only where a proof has grown old. Sentences as of problems. */
  readonly proof?: {
    /** Null: the kit's own, for who has an app. */
    readonly hint: string | null;
    /** Null for who has none. */
    readonly passkey: { readonly label: string; readonly cancelled: string; readonly unsupported: string; readonly noScript: string } | null;
  };
}

export const untouched: FormState = { problems: [], kept: {}, notice: null, attempt: 0 };

/** A server action bound to its flow, as forms receive it. */
export type FormAction = (state: FormState, data: FormData) => Promise<FormState>;
