'use server';
import { askPhone } from '#lib/sign-in/ask-phone';
import { provePhone } from '#lib/sign-in/prove-phone';
import { signInAction } from '../../../../form-action';

export const ask = signInAction({ fields: [] }, askPhone, 'phone');
export const goOn = signInAction({ fields: [] }, provePhone, 'phone');
