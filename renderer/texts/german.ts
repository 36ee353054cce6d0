/** Alles Deutsche, als ein Teil, der erst geladen wird, wenn ihn jemand lesen will. */
export { de as words } from './de.ts';
export { sayings, things } from './engine/de.ts';
