/** A prompt that is kept for this tab: asked for before there was an account (`send`), or brought back to be reworded. */
import type { Wish } from '../api/service';

const KEY = 'apiwright.wish';

export interface Held {
  wish: Wish;
  /** Whether it is to be built as soon as somebody is logged in. */
  send: boolean;
}

function hold(held: Held): void {
  sessionStorage.setItem(KEY, JSON.stringify(held));
}

export function holdWish(wish: Wish): void {
  hold({ wish, send: true });
}

export function holdDraft(wish: Wish): void {
  hold({ wish, send: false });
}

export function heldWish(): Held | null {
  const text = sessionStorage.getItem(KEY);
  return text === null ? null : (JSON.parse(text) as Held);
}

export function dropWish(): void {
  sessionStorage.removeItem(KEY);
}
