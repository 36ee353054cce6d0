/** The practice hosts: small hosts inside the application, real SSH servers with a simulated ZFS behind them. */
export type { Breakage } from './breakage.ts';
export type { PracticeHost } from './serve.ts';
export { type Practice, type PracticeOptions, startPractice } from './start.ts';
export { STORY_CARDS, type StoryCard } from './story/cards.ts';
export { PRACTICE_DIALECTS, type PracticeDialect } from './zfs/dialect.ts';
