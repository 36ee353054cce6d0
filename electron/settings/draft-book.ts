/** What was chosen in the wizard and not started yet, in `draft.json` of the state folder. */
import Conf from 'conf';
import { type Draft, DraftSchema } from '../../shared/model/draft.ts';

/** The version of the file's format, not of the application. */
const FORMAT = '1.0.0';

export interface DraftBook {
  /** @returns null where nothing is kept, or nothing that can be read */
  get(): Draft | null;
  /** @param draft null: nothing is kept any more */
  keep(draft: Draft | null): void;
}

/** @param stateDir an absolute path of a folder that exists */
export function openDraft(stateDir: string): DraftBook {
  const store = new Conf<{ draft: unknown }>({
    cwd: stateDir,
    configName: 'draft',
    configFileMode: 0o600,
    // A damaged draft costs a few choices; it must not stop the start.
    clearInvalidConfig: true,
    accessPropertiesByDotNotation: false,
    projectVersion: FORMAT,
    migrations: {},
    defaults: { draft: null },
  });
  return {
    get() {
      const parsed = DraftSchema.safeParse(store.get('draft'));
      return parsed.success ? parsed.data : null;
    },
    keep: (draft) => store.set('draft', draft),
  };
}
