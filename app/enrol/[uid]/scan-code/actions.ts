'use server';
import { addPasskey, askNewPasskey } from '#lib/enrolment/add-passkey';
import { scanCode } from '#lib/enrolment/scan-code';
import { enrolmentAction, enrolmentQuestion } from '../../../form-action';

export const proveApp = enrolmentAction({ fields: ['code'] }, scanCode);
export const askPasskey = enrolmentQuestion(askNewPasskey);
export const givePasskey = enrolmentAction({ fields: ['credential'] }, addPasskey);
