'use server';
import { chooseProof } from '#lib/lost-phone/choose-proof';
import { lostPhoneChoice } from '../../../../form-action';

export const choose = lostPhoneChoice({ fields: ['proof'] }, chooseProof);
