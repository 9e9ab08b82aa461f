import { useQuery } from '@tanstack/react-query';

import './account.css';
import { modelKeys, models as getModels, signOut } from '../api/service';
import type { ModelKey, Models, Vendor } from '../api/types';
import { useLogin } from '../shell/use-login';
import { Blank, Failure, Notice, Waiting } from '../ui/Notice';
import { KeyLine } from './KeyLine';
import { useTitle } from './use-title';

/** Who is logged in, and their own keys for language models. */
export function AccountPage() {
  const login = useLogin();
  const known = useQuery({ queryKey: ['models'], queryFn: getModels });
  const stored = useQuery({ queryKey: ['model-keys'], queryFn: modelKeys });
  const failed = known.error ?? stored.error;
  useTitle('Account');

  return (
    <div className="stack account">
      <div className="row spread">
        <div>
          <h1>Account</h1>
          <p className="quiet-text">{login.state === 'in' ? login.session.email : ''}</p>
        </div>
        <button type="button" className="button" onClick={signOut}>Log out</button>
      </div>
      <section className="stack" aria-labelledby="model-keys">
        <h2 id="model-keys">Keys for language models</h2>
        <p className="quiet-text">
          With a key of your own, your prompts are planned at your account with the vendor and not the service’s. It is kept sealed: nobody can read it
          again, you included. It is sent to its vendor only, or to the gateway that this service is set to use.
        </p>
        {known.data && stored.data ? (
          <Keys models={known.data} stored={stored.data} />
        ) : failed ? (
          <Failure error={failed} retry={() => void Promise.all([known.refetch(), stored.refetch()])} />
        ) : (
          <Waiting what="your keys" />
        )}
      </section>
    </div>
  );
}

function Keys({ models, stored }: { models: Models; stored: ModelKey[] }) {
  // A key for a vendor that is not asked here would never be used; one that is stored can always be deleted.
  const vendors = [...new Set<Vendor>([...models.models, ...stored].map(({ vendor }) => vendor))];
  return (
    <>
      {!models.own_keys && (
        <Notice tone="note" title="This service takes no keys">
          <p>It has nothing to seal them with. Whoever runs it sets <code>APIWRIGHT_KEYS_SECRET</code> to change that.</p>
        </Notice>
      )}
      {vendors.length === 0 ? (
        <Blank title="No language model is set up here">
          <p>Prompts are read by the classic planner, which needs no key. Whoever runs this service names a model with <code>APIWRIGHT_MODEL</code>.</p>
        </Blank>
      ) : (
        <ul className="key-list" aria-label="Keys by vendor">
          {vendors.map((vendor) => (
            <KeyLine
              key={vendor} vendor={vendor} models={models.models.filter((model) => model.vendor === vendor)}
              stored={stored.find((item) => item.vendor === vendor)} open={models.own_keys}
            />
          ))}
        </ul>
      )}
    </>
  );
}
