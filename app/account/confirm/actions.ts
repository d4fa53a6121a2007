'use server';
import { confirmAction } from '../../form-action';

export const confirm = confirmAction();
