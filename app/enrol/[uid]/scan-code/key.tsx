// The key that ties an app to the account: as a QR code, as a link on the phone itself, and as text.
import type { PendingTotp } from '#lib/enrolment/facts';
import type { Words } from '#lib/language/fr';
import { ButtonLink } from '#ui/button';
import { CopyButton } from '#ui/copy-button';
import { Key, QrBlock, QrCode, UnderKey } from '#ui/qr-code';

export function KeyToScan({ pending, words }: { pending: PendingTotp; words: Words['enrol']['scanCode'] }) {
  return (
    <QrBlock
      onThisPhone={
        <>
          <p className="hint">{words.onThisPhone}</p>
          <ButtonLink kind="secondary" small href={pending.uri}>
            {words.openApp}
          </ButtonLink>
        </>
      }
      code={<QrCode value={pending.uri} title={words.qrTitle} />}
      byHand={
        <>
          <p className="hint">
            {words.cantScan}
            <br />
            {words.typeKey}
          </p>
          <Key>{pending.key}</Key>
          <UnderKey>
            <CopyButton text={pending.key.replace(/\s/g, '')} label={words.copyKey} copied={words.keyCopied} />
          </UnderKey>
        </>
      }
    />
  );
}
