'use server';
import { disavowEvent } from '#lib/disavowal/disavow-event';
import { memberAction } from '../../../../form-action';
import { disownedPath } from '../../../../paths';

export const disavow = memberAction({ fields: ['event'] }, disavowEvent, disownedPath);
