// What whoever runs the portal wants to know of it.
import { answers } from '#db/expiry';
import type { Portal } from '../portal.ts';

/** Whether the store answers. */
export const isAlive = ({ store }: Pick<Portal, 'store'>): Promise<boolean> =>
  store.read(answers).then(
    () => true,
    () => false,
  );
