/** The window's bundle: plain files that a fixed list can serve under a strict content policy. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** A module of React Aria's own words in one language; its folder has one for each of 34. */
const ARIA_WORDS = /\/node_modules\/react-(?:aria|aria-components|stately)\/.*\/intl\/.*\/([a-z]{2}-[A-Z]{2})(\.m?js)$/;

/** React Aria's words in the window's languages only: who reads it in English reads those in English, too. */
const fewerAriaWords: Plugin = {
  name: 'fewer-aria-words',
  enforce: 'pre',
  load(id) {
    const [, language, extension] = ARIA_WORDS.exec(id.replaceAll('\\', '/')) ?? [];
    if (language === undefined || language === 'en-US' || language === 'de-DE') return null;
    return `export { default } from './en-US${extension}';`;
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('../renderer/', import.meta.url)),
  base: '/',
  plugins: [react(), fewerAriaWords],
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  build: {
    outDir: fileURLToPath(new URL('../dist/renderer/', import.meta.url)),
    emptyOutDir: true,
    // Electron 45 is Chromium 156; these are the first browsers with light-dark(), which must not be rewritten.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // The policy has no data: scripts or fonts and no inline script: every asset stays a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
});
