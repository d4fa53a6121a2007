'use server';
import { saveRecoveryCodes } from '#lib/enrolment/save-recovery-codes';
import { enrolmentAction } from '../../../form-action';

export const keepCodes = enrolmentAction({ fields: ['kept'] }, saveRecoveryCodes);
