'use server';
import { words } from '#lib/language/language';
import { proveEmailCode } from '#lib/password-reset/prove-email-code';
import { sendEmailCode } from '#lib/password-reset/send-email-code';
import { resetAction, resetNotice } from '../../form-action';
import { language } from '../../visitor';

export const giveEmailCode = resetAction({ fields: ['code'] }, proveEmailCode);
export const sendAnotherCode = resetNotice({ fields: [] }, sendEmailCode, async () => words(await language()).emailCode.sentAnother);
