'use client';
// The question to the caller's telephone, as everywhere; and the field for an agent's proof that grew old meanwhile.
import { type ComponentProps, useState } from 'react';
import { PhoneRequest } from '#ui/phone-request';
import { ProofField } from '#ui/proof-field';

/** @param stale nothing is known of the request now: it is no other one */
export function CallerPhone({ stale, ...page }: Omit<ComponentProps<typeof PhoneRequest>, 'proof'> & { stale: boolean }) {
  const { state } = page.request;
  // Another request is another page. Without script each page is the first: what a form answers finds its place by a key that stays.
  const [shown, setShown] = useState({ state, turn: 0 });
  if (!stale && shown.state !== state) setShown({ state, turn: shown.turn + 1 });
  return <PhoneRequest key={shown.turn} {...page} proof={(form) => <ProofField form={form} />} />;
}
