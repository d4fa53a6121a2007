'use server';
import { chooseApp } from '#lib/factors/choose-app';
import { proveApp } from '#lib/factors/prove-app';
import { keepRecoveryCodes } from '#lib/factors/recovery-codes/keep-recovery-codes';
import { makeRecoveryCodes } from '#lib/factors/recovery-codes/make-recovery-codes';
import { removeFactor } from '#lib/factors/remove-factor';
import { renameFactor } from '#lib/factors/rename-factor';
import { memberAction, provenAction } from '../../form-action';
import { changePhonePath, doneAt, paths } from '../../paths';

export const choose = provenAction({ fields: ['app'], keep: ['app'] }, chooseApp, () => paths.scanNewApp);
export const prove = provenAction({ fields: ['code'] }, proveApp, () => doneAt(paths.factors, 'added'));
export const rename = memberAction({ fields: ['factor', 'name'], keep: ['name'] }, renameFactor, () => doneAt(paths.factors, 'renamed'));
export const remove = provenAction({ fields: ['factor'] }, removeFactor, () => doneAt(paths.factors, 'removed'));
export const makeCodes = provenAction({ fields: [] }, makeRecoveryCodes, () => paths.recoveryCodes);
export const keepCodes = provenAction({ fields: ['kept'] }, keepRecoveryCodes, () => doneAt(paths.factors, 'codes-kept'));

// « Je change de téléphone »: the same acts, which come back to the path.
export const chooseForNewPhone = provenAction({ fields: ['app', 'old'], keep: ['app'] }, chooseApp, (_, { old }) => changePhonePath(old));
export const proveOnNewPhone = provenAction({ fields: ['code', 'old'] }, proveApp, (_, { old }) => changePhonePath(old));
export const removeOldPhone = provenAction({ fields: ['factor'] }, removeFactor, () => doneAt(paths.factors, 'phone-changed'));
