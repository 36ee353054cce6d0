import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../shared/model/failure.ts';
import type { Verdict, VerifyEvent, VerifyRequest } from '../../shared/model/verify.ts';
import { sluice } from '../connection/client.ts';
import { CONNECTION_LOST, failureOf } from '../connection/failure-of.ts';

export type VerifyProgress = Extract<VerifyEvent, { event: 'progress' }>;

export type VerifyState =
  | { readonly kind: 'idle' }
  /** Begun; null until it has told something. */
  | { readonly kind: 'running'; readonly progress: VerifyProgress | null }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'done'; readonly verdict: Verdict };

/** Follows a comparison to its end; a lost line is taken up again where the main process is then. */
async function follow(id: string, signal: AbortSignal, put: (state: VerifyState) => void): Promise<void> {
  for (;;) {
    try {
      for await (const event of await sluice.verify.watch({ id }, { signal })) {
        if (event.event === 'progress') put({ kind: 'running', progress: event });
        else if (event.verdict !== null) put({ kind: 'done', verdict: event.verdict });
        else if (event.error?.code === 'cancelled') put({ kind: 'idle' });
        else if (event.error !== null) put({ kind: 'failed', failure: event.error });
      }
      return;
    } catch (thrown) {
      if (signal.aborted || failureOf(thrown).code !== CONNECTION_LOST) throw thrown;
    }
  }
}

/** One comparison of this page; leaving the page ends it, since nothing of it is kept. */
export function useVerification() {
  const [state, setState] = useState<VerifyState>({ kind: 'idle' });
  const running = useRef<{ readonly stop: AbortController; id: string | null } | null>(null);

  const cancel = useCallback(() => {
    const id = running.current?.id ?? null;
    if (id !== null) sluice.verify.cancel({ id }).catch(() => undefined);
  }, []);

  const start = useCallback(async (request: VerifyRequest) => {
    const mine = { stop: new AbortController(), id: null as string | null };
    running.current = mine;
    const put = (next: VerifyState) => {
      if (running.current === mine) setState(next);
    };
    put({ kind: 'running', progress: null });
    try {
      const { id } = await sluice.verify.start(request);
      mine.id = id;
      await follow(id, mine.stop.signal, put);
    } catch (thrown) {
      if (!mine.stop.signal.aborted) put({ kind: 'failed', failure: failureOf(thrown) });
    }
  }, []);

  useEffect(
    () => () => {
      cancel();
      running.current?.stop.abort();
      running.current = null;
    },
    [cancel],
  );
  return { state, start: (request: VerifyRequest) => void start(request), cancel };
}
