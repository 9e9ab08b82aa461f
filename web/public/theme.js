// Runs before the first paint, so that a chosen theme does not flash. A file of its own: the content policy allows no inline script.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('apiwright.theme');
  } catch {
    // storage may be switched off; the system's own theme will do
  }
  if (choice === 'light' || choice === 'dark') document.documentElement.dataset.theme = choice;
})();
