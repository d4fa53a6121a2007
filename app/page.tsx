// The bare address is the account's.
import { redirect } from 'next/navigation';
import { paths } from './paths';

export default function Home() {
  redirect(paths.account);
}
