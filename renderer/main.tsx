/** The window's start: theme, words, the line to the main process, then the pages. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './no-eval.ts';
import './styles/base.css';
import './texts/texts.ts';
import { App } from './app/App.tsx';
import { followLanguage } from './app/language.ts';
import { followTheme } from './app/theme.ts';
import { openLink } from './connection/link.ts';
import { followPrompts } from './prompts/watch-prompts.ts';
import { followSettings } from './settings/settings.ts';
import { followDraft } from './wizard/keep-draft.ts';

followTheme();
followSettings();
openLink();
void followPrompts();
followDraft();
await followLanguage();

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
