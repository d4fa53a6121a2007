'use server';
import { askFromEnrolment } from '#lib/help/ask-for-help';
import { enrolmentHelpAction } from '../../../form-action';

export const ask = enrolmentHelpAction({ fields: ['topic', 'text'], keep: ['topic', 'text'] }, askFromEnrolment);
