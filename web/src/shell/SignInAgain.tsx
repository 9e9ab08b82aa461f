import { Dialog } from '@base-ui/react/dialog';
import { useRef } from 'react';

import { dropSession } from '../api/session';
import { CredentialsForm } from './CredentialsForm';

/** Over the page that the reader was on: nothing is lost by a login that ended, and the live build goes on behind it. */
export function SignInAgain({ email }: { email: string }) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && dropSession('out')}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="popup" ref={popup} initialFocus={() => popup.current?.querySelector<HTMLElement>('[type=password]') ?? true}>
          <Dialog.Title>Your login has ended</Dialog.Title>
          <Dialog.Description className="quiet-text">Log in again to go on where you were. Work in progress goes on meanwhile.</Dialog.Description>
          <CredentialsForm kind="login" email={email} onDone={() => undefined} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
