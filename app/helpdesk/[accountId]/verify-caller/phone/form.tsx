'use client';
// The question to the caller's telephone, as everywhere; and the field for an agent's proof that grew old meanwhile.
import type { ComponentProps } from 'react';
import { PhoneRequest } from '#ui/phone-request';
import { ProofField } from '#ui/proof-field';

export function CallerPhone(request: Omit<ComponentProps<typeof PhoneRequest>, 'proof'>) {
  return <PhoneRequest {...request} proof={(form) => <ProofField form={form} />} />;
}
