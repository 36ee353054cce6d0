import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { BackgroundTasks } from './background-tasks.ts';

it('begins only as much at once as there is room for, and waits for all of it at the end', async () => {
  const tasks = new BackgroundTasks(2);
  const works = [1, 2, 3].map(() => Promise.withResolvers<void>());
  const begun: number[] = [];
  const beginning = works.map(({ promise }, index) =>
    tasks.begin(() => {
      begun.push(index);
      return promise;
    }),
  );
  await turn();
  expect(begun).toEqual([0, 1]);
  works[1]?.resolve();
  await beginning[2];
  expect(begun).toEqual([0, 1, 2]);
  let isOver = false;
  const end = tasks.end().then(() => {
    isOver = true;
  });
  works[0]?.resolve();
  await turn();
  expect(isOver).toBe(false);
  works[2]?.resolve();
  await end;
});

it('tells at the end what went wrong first, and not before', async () => {
  const tasks = new BackgroundTasks(1);
  await tasks.begin(() => Promise.reject(new Error('first')));
  await tasks.begin(() => Promise.reject(new Error('second')));
  await tasks.begin(async () => undefined);
  await expect(tasks.end()).rejects.toThrow('first');
});
