import { expect, it } from 'vitest';
import { parsePracticeDialects } from './practice-dialects.ts';

it('reads which host speaks how; the later one counts', () => {
  expect(parsePracticeDialects(['laptop=legacy', 'office=illumos', 'laptop=solaris-11.4'])).toEqual({
    ok: true,
    value: { laptop: 'solaris-11.4', office: 'illumos' },
  });
});

it.each(['laptop', 'nas=illumos', 'laptop=', '=illumos', 'laptop=openzfs'])(
  'refuses %s, saying what there is',
  (given) => {
    const read = parsePracticeDialects([given]);
    expect(read).toEqual({
      ok: false,
      error: expect.stringMatching(/laptop, backupbox, office .* solaris-11\.4, legacy/),
    });
  },
);
