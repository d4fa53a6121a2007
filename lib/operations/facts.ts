// What whoever runs the portal wants to know of it.
import { answer, listAddressesMadeBy } from '#db/condition';
import type { Portal } from '../portal.ts';

/** Whether the store answers. */
export const isAlive = ({ store }: Pick<Portal, 'store'>): Promise<boolean> =>
  store.read(answer).then(
    () => true,
    () => false,
  );

/** Addresses of accounts that the demo made, as far back as the audit log goes. */
export const demoAddresses = ({ store }: Pick<Portal, 'store'>): Promise<string[]> => store.read((tx) => listAddressesMadeBy(tx, 'demo'));
