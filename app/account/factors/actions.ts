'use server';
import { phoneChoice } from '#lib/enrolment/rules';
import { addPhone, givePhoneUp, pairPhone } from '#lib/factors/add-phone';
import { chooseApp } from '#lib/factors/choose-app';
import { proveApp } from '#lib/factors/prove-app';
import { keepRecoveryCodes } from '#lib/factors/recovery-codes/keep-recovery-codes';
import { makeRecoveryCodes } from '#lib/factors/recovery-codes/make-recovery-codes';
import { removeFactor } from '#lib/factors/remove-factor';
import { renameFactor } from '#lib/factors/rename-factor';
import { memberAction, provenAction } from '../../form-action';
import { changePhonePath, doneAt, paths } from '../../paths';

export const choose = provenAction({ fields: ['app'], keep: ['app'] }, chooseApp, (_, { app }) =>
  app === phoneChoice ? paths.scanPhone : paths.scanNewApp,
);
export const pairAnew = provenAction({ fields: [] }, pairPhone, () => paths.scanPhone);
export const confirmPhone = provenAction({ fields: ['factor', 'replaces'], keep: ['replaces'] }, addPhone, ({ replaced }) =>
  doneAt(paths.factors, replaced ? 'phone-changed' : 'added'),
);
export const refusePhone = provenAction({ fields: [] }, givePhoneUp, () => paths.addFactor);
export const prove = provenAction({ fields: ['code'] }, proveApp, () => doneAt(paths.factors, 'added'));
export const rename = memberAction({ fields: ['factor', 'name'], keep: ['name'] }, renameFactor, () => doneAt(paths.factors, 'renamed'));
export const remove = provenAction({ fields: ['factor'] }, removeFactor, () => doneAt(paths.factors, 'removed'));
export const makeCodes = provenAction({ fields: [] }, makeRecoveryCodes, () => paths.recoveryCodes);
export const keepCodes = provenAction({ fields: ['kept'] }, keepRecoveryCodes, () => doneAt(paths.factors, 'codes-kept'));

// « Je change de téléphone »: the same acts, which come back to the path.
export const chooseForNewPhone = provenAction({ fields: ['app', 'old'], keep: ['app'] }, chooseApp, (_, { old }) => changePhonePath(old));
export const proveOnNewPhone = provenAction({ fields: ['code', 'old'] }, proveApp, (_, { old }) => changePhonePath(old));
export const pairNewPhoneAnew = provenAction({ fields: ['old'] }, pairPhone, (_, { old }) => changePhonePath(old));
export const confirmNewPhone = provenAction({ fields: ['factor', 'old'] }, addPhone, (_, { old }) => changePhonePath(old));
export const refuseNewPhone = provenAction({ fields: ['old'] }, givePhoneUp, (_, { old }) => changePhonePath(old));
export const removeOldPhone = provenAction({ fields: ['factor'] }, removeFactor, () => doneAt(paths.factors, 'phone-changed'));
