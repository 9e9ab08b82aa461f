import { useLayoutEffect } from 'react';

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** `/` puts the focus in the box that the page marks with `data-slash`; Ctrl-K (or Cmd-K) opens the palette. */
export function useKeys(openPalette: () => void): void {
  // Before the first paint: what is seen can be used.
  useLayoutEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openPalette();
      } else if (event.key === '/' && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
        const box = document.querySelector<HTMLElement>('[data-slash]');
        if (!box) return;
        event.preventDefault();
        box.focus();
      }
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [openPalette]);
}
