'use server';
import { words } from '#lib/language/language';
import { proveEmailCode } from '#lib/sign-in/prove-email-code';
import { sendEmailCode } from '#lib/sign-in/send-email-code';
import { signInAction, signInNotice } from '../../../form-action';
import { language } from '../../../visitor';

export const giveEmailCode = signInAction({ fields: ['code'] }, proveEmailCode);

export const sendAnotherCode = signInNotice({ fields: [] }, sendEmailCode, async () => words(await language()).emailCode.sentAnother);
