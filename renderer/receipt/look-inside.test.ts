import { expect, it } from 'vitest';
import { lookInside } from './look-inside.ts';

it('clones the copy read-only beside itself, and destroys nothing but that clone', () => {
  expect(lookInside('backup/laptop/photos@auto-008')).toEqual({
    open: [
      ...['zfs', 'clone', '-o', 'readonly=on', '-o', 'mountpoint=/mnt/photos-look'],
      ...['backup/laptop/photos@auto-008', 'backup/laptop/photos-look'],
    ],
    close: ['zfs', 'destroy', 'backup/laptop/photos-look'],
    mountpoint: '/mnt/photos-look',
  });
});
