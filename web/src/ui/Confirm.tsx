import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useState, type ReactElement } from 'react';

import { Failure } from './Notice';

interface Props {
  trigger: ReactElement;
  title: string;
  text: string;
  act: string;
  /** What is asked for can be taken back. */
  calm?: boolean;
  onConfirm: () => Promise<unknown>;
}

/** Asks before something that is not done lightly, and stays open, saying why, when it did not work. */
export function Confirm({ trigger, title, text, act, calm = false, onConfirm }: Props) {
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
            <AlertDialog.Close className="button">{calm ? 'Not now' : 'Keep it'}</AlertDialog.Close>
            <button type="button" className={calm ? 'button primary' : 'button danger solid'} disabled={busy} onClick={() => void confirm()}>
              {act}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
