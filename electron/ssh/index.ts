/** Connecting, and what is needed to: the rest of the main process takes what it wants beside that from its own file. */

export { collectAll } from './collect-all.ts';
export type { ConnectOptions, SeeHostKeyOptions, SeenHostKey } from './connect.ts';
export { connectSsh, seeHostKey } from './connect.ts';
export type { KeepAlive } from './connection.ts';
export { agentSocket } from './credentials.ts';
export type { ShownKey } from './faults.ts';
export { localShell } from './local.ts';
export { OneKeyAgent } from './one-key-agent.ts';
export type { Ask, Question } from './questions.ts';
export { askNobody } from './questions.ts';
export type { Collected, CollectOptions, Exit, Running, Shell, StartOptions } from './shell.ts';
export { seeKeyBySystem } from './system/system-shell.ts';
export type { SshTarget } from './target.ts';
export { accountOf, targetOf } from './target.ts';
