/** The open questions of connections, followed for as long as the window is open. */
import { create } from 'zustand';
import type { Prompt, PromptEvent } from '../../shared/model/prompt.ts';
import { sluice } from '../connection/client.ts';
import { CONNECTION_LOST, failureOf } from '../connection/failure-of.ts';
import { whenOpen } from '../connection/state.ts';

export const usePrompts = create<{ readonly open: readonly Prompt[] }>(() => ({ open: [] }));

/** @returns the open questions after an event; the oldest first */
export function afterEvent(open: readonly Prompt[], event: PromptEvent): readonly Prompt[] {
  if (event.event === 'closed') return open.filter(({ id }) => id !== event.id);
  return open.some(({ id }) => id === event.prompt.id) ? open : [...open, event.prompt];
}

/** Never ends by itself; a lost line is waited for, and what was open then is asked anew. */
export async function followPrompts(): Promise<void> {
  for (;;) {
    await whenOpen();
    try {
      const events = await sluice.prompts.watch();
      usePrompts.setState({ open: [] });
      for await (const event of events) usePrompts.setState(({ open }) => ({ open: afterEvent(open, event) }));
      return;
    } catch (thrown) {
      usePrompts.setState({ open: [] });
      if (failureOf(thrown).code !== CONNECTION_LOST) return;
    }
  }
}
