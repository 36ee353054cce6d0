/** Lets the main process keep what is chosen, for a window that is opened after this one has gone. */
import { sluice } from '../connection/client.ts';
import { isUntouched } from './draft.ts';
import { useWizard } from './store.ts';

/** Typing is not worth a write for every key. */
const PAUSE_MS = 400;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Takes over what was kept if this window has chosen nothing yet, and hands on each change from now on. */
export function followDraft(): void {
  useWizard.subscribe(({ draft }, before) => {
    if (draft === before.draft) return;
    clearTimeout(timer);
    // A failure costs nothing here: the window still has it, and the next change is handed on again.
    timer = setTimeout(() => sluice.drafts.keep(draft).catch(() => undefined), PAUSE_MS);
  });
  sluice.drafts.get().then(
    (kept) => useWizard.getState().change((draft) => (kept !== null && isUntouched(draft) ? kept : draft)),
    () => undefined,
  );
}

/** What has become a run is no draft any more. */
export function dropKeptDraft(): void {
  clearTimeout(timer);
  sluice.drafts.keep(null).catch(() => undefined);
}
