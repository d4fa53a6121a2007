'use server';
import { addPasskey, askNewPasskey } from '#lib/enrolment/add-passkey';
import { addPhone, givePhoneUp, pairPhone } from '#lib/enrolment/add-phone';
import { scanCode } from '#lib/enrolment/scan-code';
import { enrolmentAction, enrolmentQuestion } from '../../../form-action';

export const proveApp = enrolmentAction({ fields: ['code'] }, scanCode);
export const askPasskey = enrolmentQuestion(askNewPasskey);
export const givePasskey = enrolmentAction({ fields: ['credential'] }, addPasskey);
export const pairAnew = enrolmentAction({ fields: [] }, pairPhone);
export const confirmPhone = enrolmentAction({ fields: ['factor'] }, addPhone);
export const refusePhone = enrolmentAction({ fields: [] }, givePhoneUp, 'install-app');
