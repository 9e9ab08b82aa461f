import { describe, expect, it } from 'vitest';

import type { Blueprint, Entity, Field } from '../api/types';
import { curlOf, entityOf, sampleBody } from './curl';

const origin = { kind: 'user', text: '', start: null, end: null } as const;
function field(name: string, part: Partial<Field> = {}): Field {
  return {
    name, type: 'string', required: false, unique: false, indexed: false, default: null, min: null, max: null, min_length: null,
    max_length: null, pattern: null, precision: null, scale: null, values: [], description: '', origin, ...part,
  };
}
const order: Entity = {
  name: 'PurchaseOrder', plural: null, description: '', owned_via: 'buyer', operations: [], pair_actions: [], counts: [], unique_together: [], origin,
  access: { create: [], read: [], list: [], update: [], delete: [] },
  fields: [field('title', { required: true }), field('state', { type: 'enum', required: true, values: ['open'] }), field('note')],
  relations: [
    { name: 'buyer', kind: 'many_to_one', target: 'User', required: true, on_delete: 'cascade', inverse: null, description: '', origin },
    { name: 'shop', kind: 'many_to_one', target: 'Shop', required: true, on_delete: 'cascade', inverse: null, description: '', origin },
  ],
  transitions: [{ name: 'close', field: 'state', sources: [], target: 'open', stamp: null, access: [], origin }],
};

describe('curlOf', () => {
  it('sends what create must have: not the owner, not what transitions move', () => {
    expect(Object.keys(sampleBody(order))).toEqual(['title', 'shop_id']);
    expect(curlOf({ method: 'POST', path: '/purchase-orders', who: 'any account', what: '' }, order)).toContain('"title":"title"');
  });

  it('names the parameter of the path, and the token where one is needed', () => {
    const curl = curlOf({ method: 'GET', path: '/purchase-orders/{purchase_order_id}', who: 'the owner', what: '' }, order);
    expect(curl).toBe('curl "http://127.0.0.1:8000/purchase-orders/$PURCHASE_ORDER_ID" \\\n  -H "Authorization: Bearer $TOKEN"');
  });

  it('keeps quotes of a value within the quotes of the shell', () => {
    const entity = { ...order, fields: [field('kind', { type: 'enum', required: true, values: ["it's"] })], relations: [], transitions: [] };
    expect(curlOf({ method: 'POST', path: '/x', who: 'anybody', what: '' }, entity)).toContain(String.raw`it'\''s`);
  });
});

describe('entityOf', () => {
  it('goes by the parameter of the path', () => {
    const group = { heading: 'Purchase orders', text: '', endpoints: [{ method: 'GET', path: '/purchase-orders/{purchase_order_id}', who: '', what: '' }] };
    expect(entityOf(group, { entities: [order] } as unknown as Blueprint)?.name).toBe('PurchaseOrder');
  });
});
