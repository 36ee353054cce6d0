/** The window's bundle: plain files that a fixed list can serve under a strict content policy. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('../renderer/', import.meta.url)),
  base: '/',
  plugins: [react()],
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
