import { describe, expect, it } from 'vitest';
import { allowCommand, comparePermissions, parseAllow, permissionsOn } from './allow.ts';

/** As OpenZFS 2.3.9 prints it for tank/data/home, which grants nothing itself. */
const TEXT = `---- Permissions on tank/data -----------------------------------------
Permission sets:
	@backup hold,send
	@more @backup,bookmark
Create time permissions:
	destroy,mount
Local permissions:
	user anna snapshot
Descendent permissions:
	group operators rollback
Local+Descendent permissions:
	user bob @more,mount
	everyone diff
---- Permissions on tank ----------------------------------------------
Permission sets:
	@backup send
Local+Descendent permissions:
	user (unknown: 1234) destroy
	user bob create,@backup
`;
const blocks = parseAllow(TEXT);
const rights = (dataset: string, user: string, groups: string[] = []) =>
  [...permissionsOn(blocks, dataset, { user, groups })].sort();

describe('what zfs allow prints', () => {
  it('is read block by block', () => {
    expect(blocks.map(({ dataset }) => dataset)).toEqual(['tank/data', 'tank']);
    expect(blocks[0]?.create).toEqual(['destroy', 'mount']);
    expect(blocks[1]?.grants[0]).toEqual({
      scope: 'both',
      who: { kind: 'user', name: '(unknown: 1234)' },
      permissions: ['destroy'],
    });
    expect(parseAllow('')).toEqual([]);
    expect(parseAllow("cannot open 'x': dataset does not exist\n")).toEqual([]);
  });

  it('grants on the dataset and below as the section says', () => {
    expect(rights('tank/data', 'anna')).toEqual(['diff', 'snapshot']);
    expect(rights('tank/data/home', 'anna')).toEqual(['diff']);
    expect(rights('tank/data', 'x', ['operators'])).toEqual(['diff']);
    expect(rights('tank/data/home', 'x', ['operators'])).toEqual(['diff', 'rollback']);
    expect(rights('tank/other', 'anna')).toEqual([]);
  });

  it('grants through sets, the nearest of a name, and through what is above', () => {
    expect(rights('tank/data', 'bob')).toEqual(['bookmark', 'create', 'diff', 'hold', 'mount', 'send']);
    expect(rights('tank', 'bob')).toEqual(['create', 'send']);
  });

  it('does not grant to datasets that only begin alike', () => {
    expect(rights('tank/data2', 'bob')).toEqual(['create', 'send']);
  });

  it('does not hang on sets that name each other', () => {
    const circle = parseAllow(
      '---- Permissions on p ---\nPermission sets:\n\t@a @b\n\t@b @a,send\nLocal+Descendent permissions:\n\tuser u @a\n',
    );
    expect([...permissionsOn(circle, 'p', { user: 'u', groups: [] })]).toEqual(['send']);
  });
});

describe('the comparison', () => {
  it('says what is there, what is needed and what is missing', () => {
    expect(comparePermissions(new Set(['send']), ['send', 'hold', 'send'])).toEqual({
      have: ['send'],
      need: ['send', 'hold'],
      missing: ['hold'],
    });
  });

  it('takes a narrower permission only where that is enough', () => {
    const has = new Set(['receive:append']);
    expect(comparePermissions(has, ['receive']).missing).toEqual(['receive']);
    expect(comparePermissions(has, ['receive'], ['receive']).missing).toEqual([]);
  });

  it('ends in the line to run', () => {
    expect(allowCommand('bob', ['hold', 'send'], 'tank/my data')).toEqual([
      'zfs',
      'allow',
      '-u',
      'bob',
      'hold,send',
      'tank/my data',
    ]);
  });
});
