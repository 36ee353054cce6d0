/** Starts worker threads; nothing else does. */
import { setFlagsFromString } from 'node:v8';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * A WebAssembly import that was called 1000 times gets a compiled wrapper, kept in a cache that all threads of a process
 * share. With threads that come and go V8 13.6 frees such a wrapper twice, and the process ends with `Check failed:
 * jit_page.has_value()` in `TierUpWasmToJSWrapper` or with SIGSEGV (seen once in ten runs of the relay's tests, where
 * Node itself uses WebAssembly to read TypeScript). No wrapper is compiled with a budget that nothing uses up.
 */
export const NO_WRAPPER_TIER_UP = '--wasm-wrapper-tiering-budget=2147483647';

/** @param file a bundle or a TypeScript source */
export function startThread(file: URL, options: WorkerOptions): Worker {
  setFlagsFromString(NO_WRAPPER_TIER_UP);
  return new Worker(file, { execArgv: [], ...options });
}
