'use server';
import { proveFactor } from '#lib/proof/prove-factor';
import { askToProvePasskey, provePasskeyAgain } from '#lib/proof/prove-passkey';
import { confirmAction, memberQuestion } from '../../form-action';

export const confirm = confirmAction('code', proveFactor);
export const askPasskey = memberQuestion(askToProvePasskey);
export const givePasskey = confirmAction('credential', provePasskeyAgain);
