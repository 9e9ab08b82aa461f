import { Component, type ReactNode } from 'react';

import { Notice } from './Notice';

/** A part of the page that could not be fetched (offline, or a newer page was installed) or drawn: the rest stays. */
export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Notice tone="bad" title="This part of the page did not load">
        <p>Nothing you did is lost. Load the page again once the service can be reached.</p>
        <p><button type="button" className="button small" onClick={() => location.reload()}>Load it again</button></p>
      </Notice>
    );
  }
}
