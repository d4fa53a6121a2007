// What whoever runs the portal wants to know of it.
import { answer } from '#db/condition';
import type { Portal } from '../portal.ts';

/** Whether the store answers. */
export const isAlive = ({ store }: Pick<Portal, 'store'>): Promise<boolean> =>
  store.read(answer).then(
    () => true,
    () => false,
  );
