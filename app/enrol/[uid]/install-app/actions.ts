'use server';
import { installApp } from '#lib/enrolment/install-app';
import { enrolmentAction } from '../../../form-action';

export const chooseApp = enrolmentAction({ fields: ['app'], keep: ['app'] }, installApp);
