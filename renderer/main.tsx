/** The window's start: theme, words, the line to the main process, then the pages. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import './styles/base.css';
import './texts/texts.ts';
import { App } from './app/App.tsx';
import { followTheme } from './app/theme.ts';
import { openLink } from './connection/link.ts';

// The content policy forbids building functions from text, which zod would try for speed.
config({ jitless: true });
followTheme();
openLink();

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
