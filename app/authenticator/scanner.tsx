'use client';
// The camera, until it sees the portal's QR code. What it sees stays in this page; the reader is loaded with it.
import { useEffect, useRef, useState } from 'react';
import { Button } from '#ui/button';
import styles from './app.module.css';
import { Screen, useWords } from './screen';
import { ticketIn } from './ticket';

/** Milliseconds between two looks: reading a picture keeps a slow telephone busy for as long. */
const pause = 150;
/** Pixels of the longer side that are looked at: enough for a QR code, and little to compute. */
const looked = 800;

export function Scanner({ found, back }: { found: (ticket: string) => void; back: () => void }) {
  const { scanner } = useWords().words;
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<'opening' | 'looking' | 'other' | 'none'>('opening');
  const told = useRef(found);
  useEffect(() => {
    told.current = found;
  }, [found]);
  useEffect(() => {
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const stop = () => {
      over = true;
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const begin = async () => {
      const [{ default: read }, opened] = await Promise.all([
        import('jsqr'),
        navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false }),
      ]);
      stream = opened;
      const picture = video.current;
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      if (over || !picture || !canvas) return stop();
      picture.srcObject = stream;
      await picture.play();
      setState('looking');
      const look = () => {
        if (over) return;
        const scale = Math.min(1, looked / Math.max(picture.videoWidth, picture.videoHeight, 1));
        const [width, height] = [Math.round(picture.videoWidth * scale), Math.round(picture.videoHeight * scale)];
        if (width > 0 && height > 0) {
          Object.assign(canvas.canvas, { width, height });
          canvas.drawImage(picture, 0, 0, width, height);
          const seen = read(canvas.getImageData(0, 0, width, height).data, width, height, { inversionAttempts: 'dontInvert' });
          const ticket = seen && ticketIn(seen.data);
          if (ticket) {
            stop();
            return told.current(ticket);
          }
          if (seen?.data) setState('other');
        }
        timer = setTimeout(look, pause);
      };
      look();
    };
    begin().catch(() => {
      if (!over) setState('none');
      stop();
    });
    return stop;
  }, []);
  return (
    <Screen
      title={scanner.title}
      heading={scanner.heading}
      told={
        state === 'none' ? { tone: 'warning', sentence: scanner.noCamera } : state === 'other' ? { tone: 'warning', sentence: scanner.other } : null
      }
    >
      {state !== 'none' && (
        <>
          <video className={styles.camera} ref={video} playsInline muted />
          <p className="hint" role="status">
            {state === 'opening' ? scanner.opening : scanner.looking}
          </p>
        </>
      )}
      <Button type="button" kind="secondary" onClick={back}>
        {scanner.back}
      </Button>
    </Screen>
  );
}
