import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useState, type ReactElement } from 'react';

import { Failure } from './Notice';

interface Props {
  trigger: ReactElement;
  title: string;
  text: string;
  act: string;
  onConfirm: () => Promise<unknown>;
}

/** Asks before something that cannot be undone, and stays open, saying why, when it did not work. */
export function Confirm({ trigger, title, text, act, onConfirm }: Props) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function confirm() {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      setOpen(false);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  }

  return (
    <AlertDialog.Root open={open} onOpenChange={setOpen}>
      <AlertDialog.Trigger render={trigger} />
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="scrim" />
        <AlertDialog.Popup className="popup">
          <AlertDialog.Title>{title}</AlertDialog.Title>
          <AlertDialog.Description>{text}</AlertDialog.Description>
          {error !== null && <Failure error={error} />}
          <div className="row">
            <AlertDialog.Close className="button">Keep it</AlertDialog.Close>
            <button type="button" className="button danger solid" disabled={busy} onClick={() => void confirm()}>
              {act}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
