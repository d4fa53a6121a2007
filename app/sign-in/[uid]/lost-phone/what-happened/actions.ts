'use server';
import { sayWhatHappened } from '#lib/lost-phone/say-what-happened';
import { lostPhoneAction } from '../../../../form-action';

export const say = lostPhoneAction({ fields: ['happened'] }, sayWhatHappened);
