'use server';
import { askPhoneAgain } from '#lib/proof/ask-phone';
import { proveFactor } from '#lib/proof/prove-factor';
import { askToProvePasskey, provePasskeyAgain } from '#lib/proof/prove-passkey';
import { provePhoneAgain } from '#lib/proof/prove-phone';
import { confirmAction, memberAction, memberQuestion } from '../../form-action';
import { confirmPath } from '../../paths';

export const confirm = confirmAction('code', proveFactor);
export const askPasskey = memberQuestion(askToProvePasskey);
export const givePasskey = confirmAction('credential', provePasskeyAgain);
// The page reads `returnTo` anew, as it does when it is first opened.
export const ask = memberAction({ fields: ['request', 'returnTo'] }, askPhoneAgain, (_, { returnTo }) => confirmPath(returnTo, 'phone'));
export const goOn = confirmAction('request', provePhoneAgain);
