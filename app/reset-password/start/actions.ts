'use server';
import { startReset } from '#lib/password-reset/start-reset';
import { beginResetAction } from '../../form-action';

export const start = beginResetAction(startReset);
