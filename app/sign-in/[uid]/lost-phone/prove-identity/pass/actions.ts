'use server';
import { redeemPass } from '#lib/lost-phone/redeem-pass';
import { lostPhoneAction } from '../../../../../form-action';

export const givePass = lostPhoneAction({ fields: ['code'] }, redeemPass);
