// What telephones send, as it is parsed before any act sees it. Apart from the rules: their pages ask those, and have no use for a parser.
import { z } from 'zod';
import { subscriptionInput } from '../../../push/endpoints.ts';

/** A P-256 public key, as a JWK says it (RFC 7518 §6.2.1): 32 bytes each, base64url. */
const publicKeySchema = z.strictObject({ x: z.string().regex(/^[\w-]{43}$/), y: z.string().regex(/^[\w-]{43}$/) });

const unlockBy = [
  z.strictObject({ kind: z.literal('biometrics'), credential: z.string().max(16 * 1024) }),
  z.strictObject({ kind: z.literal('pin'), pin: z.string().max(64) }),
] as const;

export const pairedInput = z.strictObject({
  key: publicKeySchema,
  /** Left out: named after its system. */
  name: z.string().max(200).optional(),
  unlock: z.discriminatedUnion('kind', unlockBy),
  /** Null where notifications are not allowed, or not to be had. */
  subscription: subscriptionInput.nullable(),
});
/** Characters of it, as JSON. */
export const longestPaired = 24 * 1024;

/** A telephone that is nobody's yet names itself by what it holds. */
export const claimInput = z.union([z.strictObject({ ticket: z.string().max(64) }), z.strictObject({ code: z.string().max(100) })]);
export const finishInput = z.strictObject({ claim: z.string().max(64), body: z.string().max(longestPaired), signature: z.string().max(100) });
export const pairingInput = z.strictObject({ claim: z.string().max(64) });

export const answerInput = z.strictObject({
  id: z.string().max(64),
  decision: z.enum(['approve', 'deny', 'report']),
  /** As typed; for an approval. */
  number: z.string().max(20).optional(),
  unlock: z.discriminatedUnion('kind', unlockBy).optional(),
});
export type AnswerInput = z.infer<typeof answerInput>;

// What else a telephone sends.
export const emptyInput = z.strictObject({});
/** The act judges it. */
export const subscribingInput = z.strictObject({ subscription: z.unknown() });
export const receiptInput = z.strictObject({ id: z.string().max(64) });
export const nameInput = z.strictObject({ name: z.string().max(1000) });
export const pinInput = z.strictObject({ pin: z.string().max(64), newPin: z.string().max(64) });
