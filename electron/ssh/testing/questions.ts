import type { Question } from '../questions.ts';

/** A host asks root for the password, unless said otherwise. */
export const question = (changes: Partial<Question> = {}): Question => ({
  host: 'nas',
  address: 'root@nas:22',
  kind: 'password',
  title: 'root@nas:22 asks for the password of root.',
  instructions: '',
  fields: [{ label: 'Password', echo: false }],
  again: false,
  secret: 'password:root@nas:22',
  key: null,
  ...changes,
});
