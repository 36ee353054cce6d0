/** The practice hosts: small hosts inside the application, real SSH servers with a simulated ZFS behind them. */
export type { PracticeHost } from './serve.ts';
export { type Practice, type PracticeOptions, startPractice } from './start.ts';
export { STORIES } from './story/stories.ts';
