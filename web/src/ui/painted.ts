/** Resolves behind the next paint. */
export function painted(): Promise<void> {
  // A timer alone may come before the paint that the reader waits for.
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
