import { describe, expect, it } from 'vitest';
import { breachesOf, importsOf } from './import-direction.ts';

describe('importsOf', () => {
  it('finds values, types, re-exports, side effects, several lines and imports on demand', () => {
    const source = `import a from 'one';
import type { B } from "two";
export * from './three.ts';
import 'four.css';
import {
  c,
  d,
} from 'five';
const e = await import('six');
const text = "from 'seven'";`;
    expect(importsOf(source)).toEqual(['one', 'two', './three.ts', 'four.css', 'five', 'six']);
  });
});

const refused: readonly (readonly [file: string, specifier: string])[] = [
  ['shared/model/a.ts', 'node:fs'],
  ['shared/model/a.ts', 'fs'],
  ['shared/model/a.ts', 'react'],
  ['shared/model/a.ts', '../../electron/engine.ts'],
  ['renderer/main.tsx', '../electron/engine.ts'],
  ['renderer/main.tsx', 'electron'],
  ['renderer/main.tsx', 'node:path'],
  ['renderer/main.tsx', '@orpc/server/ws'],
  ['renderer/wizard/a.tsx', 'ssh2'],
  ['electron/engine.ts', 'electron'],
  ['electron/engine.ts', 'electron/main'],
  ['electron/engine.ts', 'electron-store'],
  ['electron/ssh/a.ts', '../desktop/window.ts'],
  ['electron/ssh/a.ts', '../main.ts'],
  ['electron/web/a.ts', '../../renderer/main.tsx'],
  ['electron/web/a.ts', 'react'],
  ['electron/web/a.ts', '../../test/e2e/chromium.ts'],
  ['electron/desktop/a.ts', '../../renderer/a.ts'],
  ['electron/preload.ts', 'node:fs'],
  ['electron/preload.ts', '../shared/model/host.ts'],
  ['build/a.ts', '../renderer/main.tsx'],
  ['elsewhere/a.ts', './b.ts'],
  ['shared/planning/a.ts', './testing/worlds.ts'],
  ['electron/runs/a.ts', '../../shared/planning/testing/worlds.ts'],
  ['renderer/a.ts', '../shared/planning/testing/worlds.ts'],
];

const accepted: readonly (readonly [file: string, specifier: string])[] = [
  ['shared/model/a.ts', 'zod'],
  ['shared/api/a.ts', '../model/host.ts'],
  ['shared/model/a.test.ts', 'node:fs'],
  ['renderer/main.tsx', 'react-dom/client'],
  ['renderer/main.tsx', '@orpc/client/websocket'],
  ['renderer/main.tsx', '../shared/model/host.ts'],
  ['electron/engine.ts', 'node:fs'],
  ['electron/engine.ts', '@orpc/server/ws'],
  ['electron/engine.ts', '../package.json'],
  ['electron/desktop/a.ts', 'electron'],
  ['electron/main.ts', 'electron-store'],
  ['electron/main.ts', './desktop/window.ts'],
  ['electron/preload.ts', 'electron'],
  ['build/a.ts', '../electron/web/index.ts'],
  ['shared/planning/testing/worlds.ts', 'fast-check'],
  ['shared/planning/a.test.ts', './testing/worlds.ts'],
];

describe('breachesOf', () => {
  it.each(refused)('refuses %s importing %s', (file, specifier) => {
    expect(breachesOf(file, `import x from '${specifier}';`)).toHaveLength(1);
  });

  it.each(accepted)('accepts %s importing %s', (file, specifier) => {
    expect(breachesOf(file, `import x from '${specifier}';`)).toEqual([]);
  });
});
