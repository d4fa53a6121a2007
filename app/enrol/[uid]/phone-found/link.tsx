// The way out for who has found their phone, under the wizard's pages. Not for a stolen one.
import { words } from '#lib/language/language';
import type { Portal } from '#lib/portal';
import { openReEnrolmentOf } from '#lib/re-enrolment/facts';
import { reEnrolmentAcr } from '#lib/sign-in/assurance';
import type { MemberFlow } from '#lib/visitor';
import { Ways } from '#ui/button';
import { phoneFoundPath } from '../../../paths';

export async function mayBeFound(portal: Portal, flow: MemberFlow): Promise<boolean> {
  return flow.acr === reEnrolmentAcr && (await openReEnrolmentOf(portal, flow.accountId))?.stolen === false;
}

/** Nothing in an ordinary enrolment. */
export async function PhoneFound({ portal, flow }: { portal: Portal; flow: MemberFlow }) {
  if (!(await mayBeFound(portal, flow))) return null;
  return (
    <Ways>
      <a href={phoneFoundPath(flow.uid)}>{words(flow.visitor.language).lostPhone.wizard.found.link}</a>
    </Ways>
  );
}
