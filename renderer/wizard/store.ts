/** The wizard's input, kept for the tab: a reload or a lost line costs nothing that was chosen (WCAG 3.3.7). */

import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { Draft } from '../../shared/model/draft.ts';
import { emptyDraft } from './draft.ts';

interface WizardStore {
  readonly draft: Draft;
  readonly change: (change: (draft: Draft) => Draft) => void;
}

export const useWizard = create<WizardStore>()(
  persist((set) => ({ draft: emptyDraft, change: (change) => set(({ draft }) => ({ draft: change(draft) })) }), {
    name: 'sluice.wizard',
    storage: createJSONStorage(() => sessionStorage),
    version: 2,
    partialize: ({ draft }) => ({ draft }),
  }),
);
