import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';

import { Problem } from '../api/problem';
import { approve as sendApproval, putBlueprint } from '../api/service';
import type { Blueprint, Trouble } from '../api/types';

interface Past {
  now: Blueprint;
  before: Blueprint[];
}

type Act = { kind: 'edit'; to: Blueprint } | { kind: 'undo' };

function reduce(past: Past, act: Act): Past {
  if (act.kind === 'edit') return { now: act.to, before: [...past.before, past.now].slice(-200) };
  const last = past.before.at(-1);
  return last ? { now: last, before: past.before.slice(0, -1) } : past;
}

export type Saved = 'saved' | 'saving' | 'refused' | 'failed';

const PAUSE = 450; // ms after the last key before the service is asked what it thinks

/** The plan as it is edited: kept at the service after every pause, with what the service objects to. */
export function usePlan(id: string, first: Blueprint) {
  const queries = useQueryClient();
  const [{ now, before }, dispatch] = useReducer(reduce, { now: first, before: [] });
  const [saved, setSaved] = useState<Saved>('saved');
  const [troubles, setTroubles] = useState<Trouble[]>([]);
  const [error, setError] = useState<unknown>(null);
  const kept = useRef(first);
  const asked = useRef(first); // an edit that was refused and is taken back must be asked for anew
  const turn = useRef(0);

  const save = useCallback(
    async (blueprint: Blueprint): Promise<boolean> => {
      const mine = (turn.current += 1);
      asked.current = blueprint;
      setSaved('saving');
      try {
        await putBlueprint(id, blueprint);
        kept.current = blueprint;
        void queries.invalidateQueries({ queryKey: ['revision', id] });
        if (mine !== turn.current) return true;
        setTroubles([]);
        setError(null);
        setSaved('saved');
        return true;
      } catch (caught) {
        if (mine !== turn.current) return false;
        const refused = caught instanceof Problem && caught.status === 422 && caught.errors.length > 0;
        setTroubles(refused ? caught.errors : []);
        setError(refused ? null : caught);
        setSaved(refused ? 'refused' : 'failed');
        return false;
      }
    },
    [id, queries],
  );

  useEffect(() => {
    if (now === asked.current) return;
    const timer = setTimeout(() => void save(now), PAUSE);
    return () => clearTimeout(timer);
  }, [now, save]);

  const approve = useCallback(async () => {
    if (now !== kept.current && !(await save(now))) return;
    try {
      await sendApproval(id);
      await queries.invalidateQueries({ queryKey: ['generation', id] });
    } catch (caught) {
      setError(caught);
      setSaved('failed');
    }
  }, [id, now, save, queries]);

  return {
    blueprint: now, saved, troubles, error, approve,
    edit: useCallback((to: Blueprint) => dispatch({ kind: 'edit', to }), []),
    undo: before.length > 0 ? () => dispatch({ kind: 'undo' }) : null,
  };
}
