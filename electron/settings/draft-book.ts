/** What was chosen in the wizard and not started yet, in `draft.json` of the state folder. */
import { type Draft, DraftSchema } from '../../shared/model/draft.ts';
import { openStateFile } from '../state-file.ts';

export interface DraftBook {
  /** @returns null where nothing is kept, or nothing that can be read */
  get(): Draft | null;
  /** @param draft null: nothing is kept any more */
  keep(draft: Draft | null): void;
}

/** @param stateDir an absolute path of a folder that exists */
export function openDraft(stateDir: string): DraftBook {
  // A damaged draft costs a few choices; it must not stop the start.
  const store = openStateFile(stateDir, 'draft', { draft: null }, 'begin-anew');
  return {
    get() {
      const parsed = DraftSchema.safeParse(store.get('draft'));
      return parsed.success ? parsed.data : null;
    },
    keep: (draft) => store.set('draft', draft),
  };
}
