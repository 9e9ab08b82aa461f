import { Link } from 'wouter';

import { Blank } from '../ui/Notice';

export function NotFound() {
  return (
    <Blank title="There is no such page" level={1}>
      <p>The address may be mistyped, or what it led to was deleted.</p>
      <Link href="/" className="button">Start from a prompt</Link>
    </Blank>
  );
}
