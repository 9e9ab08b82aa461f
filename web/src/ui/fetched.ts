import { lazy, type ComponentType } from 'react';

const TRIES = 8;

/** A part of the page that is fetched when it is first drawn. While the service restarts, it is asked for again. */
export function fetched<P extends object>(load: () => Promise<ComponentType<P>>) {
  return lazy(async () => ({ default: await patiently(load) }));
}

/** What `load` brings, asked for once a second until it comes; the last refusal is thrown. */
export async function patiently<T>(load: () => Promise<T>, pause = 1_000): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await load();
    } catch (error) {
      if (tried === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
