'use server';
import { scanCode } from '#lib/enrolment/scan-code';
import { enrolmentAction } from '../../../form-action';

export const proveApp = enrolmentAction({ fields: ['code'] }, scanCode);
