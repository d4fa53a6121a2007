'use server';
import { words } from '#lib/language/language';
import { proveEmailCode } from '#lib/lost-phone/prove-email-code';
import { sendEmailCode } from '#lib/lost-phone/send-email-code';
import { lostPhoneAction, signInNotice } from '../../../../../form-action';
import { language } from '../../../../../visitor';

export const giveEmailCode = lostPhoneAction({ fields: ['code'] }, proveEmailCode);

export const sendAnotherCode = signInNotice({ fields: [] }, sendEmailCode, async () => words(await language()).emailCode.sentAnother);
