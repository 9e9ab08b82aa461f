/** Calls behind the next paint, and `pause` milliseconds later; what it returns calls it off. */
export function afterPaint(call: () => void, pause = 0): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A timer alone may come before the paint that the reader waits for.
  const frame = requestAnimationFrame(() => (timer = setTimeout(call, pause)));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** Resolves behind the next paint. */
export function painted(): Promise<void> {
  return new Promise((resolve) => afterPaint(resolve));
}
