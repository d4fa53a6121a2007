'use client';
// What a page does with the browser's authenticator. No style comes along: the sign-in page loads it when it needs it.

/** Why the browser gave nothing, as the name of its sentence. Browsers tell little, so as not to tell what keys a person has. */
export function whyNot(error: unknown): 'cancelled' | 'alreadyThere' | 'unsupported' {
  const named = (error as { cause?: { name?: string } } | null)?.cause?.name ?? (error as { name?: string } | null)?.name;
  if (named === 'InvalidStateError') return 'alreadyThere';
  return typeof PublicKeyCredential === 'undefined' ? 'unsupported' : 'cancelled';
}

/** Asks the authenticator; the library comes only now. @param making whether a passkey is made, or one proven. @returns the answer as JSON */
export async function answerOf(question: string, making: boolean): Promise<string> {
  const { startAuthentication, startRegistration } = await import('@simplewebauthn/browser');
  const optionsJSON = JSON.parse(question);
  return JSON.stringify(await (making ? startRegistration({ optionsJSON }) : startAuthentication({ optionsJSON })));
}

/** @param data what goes with the answer */
export const credentialForm = (answer: string, data = new FormData()) => {
  data.set('credential', answer);
  return data;
};
