import { describe, expect, it } from 'vitest';
import type { Plan } from '../model/plan.ts';
import { parseAllow } from '../zfs/allow.ts';
import { addFindings } from './assemble.ts';
import { type ExistsOn, permissionNeeds } from './permission-needs.ts';
import { checkPermissions, existsIn, type Grants, grantPlaces, isDelegated } from './permissions.ts';
import { ds, emptyNas, inventory, laptop, nas, partial, planOf, type Scene, zfsFuse } from './testing/inventories.ts';

function scene(given: Scene) {
  const plan = planOf(given);
  return { plan, existsOn: existsIn([given.source, given.destination]) };
}

/** `host dataset: permissions`, in the order of need. */
function needed({ plan, existsOn }: ReturnType<typeof scene>): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const need of permissionNeeds(plan, existsOn)) {
    const key = `${need.host} ${need.dataset}`;
    found[key] = [...(found[key] ?? []), `${need.permission}${need.for === 'copy' ? '' : ` (${need.for})`}`];
  }
  return found;
}

const PROFILE = ['readonly', 'canmount', 'setuid', 'devices'];
const profile = PROFILE.map((name) => `${name} (profile)`);
const firstCopy = scene({ source: laptop(['a', 'b']), destination: emptyNas(), request: { to: 'backup/x/home' } });
const update = scene({ source: laptop(['a', 'b', 'c']), destination: nas(['a']) });

describe('needs', () => {
  it('of a first copy below a parent that is made', () => {
    expect(needed(firstCopy)).toEqual({
      'nas backup': ['create', 'mount'],
      'nas backup/x': ['canmount (profile)', 'readonly (profile)', 'receive', 'create', 'mount'],
      'laptop tank/home': ['hold (upkeep)', 'send', 'bookmark (upkeep)'],
      'nas backup/x/home': [...profile, 'hold (upkeep)'],
    });
  });

  it('of an update with intermediates: send holds, too', () => {
    expect(needed(update)).toEqual({
      'laptop tank/home': ['hold', 'send', 'bookmark (upkeep)', 'release (upkeep)'],
      'nas backup/home': ['receive', 'create', 'mount', 'hold (upkeep)', 'release (upkeep)'],
    });
  });

  it('of a copy that is set aside: what is granted on it stays with it under its new name', () => {
    const destination = nas([{ label: 'x', holds: 1 }]);
    const request = { onDivergence: 'set-aside' } as const;
    const found = needed(scene({ source: laptop(['a']), destination, request }));
    expect(Object.keys(found)).toEqual(['nas backup/home', 'nas backup', 'laptop tank/home']);
    expect(found['nas backup/home']).toContain('release (upkeep)');
  });

  it.each<[string, Scene, string, string[]]>([
    [
      'a roll-back over snapshots',
      {
        source: laptop(['a', 'b']),
        destination: nas(['a', { label: 'x', guid: '9' }]),
        request: { onDivergence: 'rollback' },
      },
      'nas backup/home',
      ['rollback', 'destroy', 'mount'],
    ],
    [
      'a roll-back of changes alone',
      { source: laptop(['a', 'b']), destination: nas(['a'], { written: 5 }), request: { onDivergence: 'rollback' } },
      'nas backup/home',
      ['rollback', 'receive', 'create', 'mount'],
    ],
    [
      'what is set aside',
      { source: laptop(['a']), destination: nas(['x']), request: { onDivergence: 'set-aside' } },
      'nas backup/home',
      ['rename', 'mount'],
    ],
    [
      'a half-received stream that is discarded',
      {
        source: laptop(['a', 'b']),
        destination: nas(['a'], { partial: partial('tank/home@gone', 'a') }),
        request: { partial: 'discard' },
      },
      'nas backup/home',
      ['destroy', 'mount'],
    ],
    [
      'properties of the user’s own',
      {
        source: laptop(['a']),
        destination: emptyNas(),
        request: {
          receive: {
            readonly: 'leave',
            mount: true,
            set: [
              ['my:note', 'x'],
              ['compression', 'zstd'],
            ],
            skip: [],
          },
        },
      },
      'nas backup/home',
      ['userprop (profile)', 'compression (profile)'],
    ],
  ])('of %s', (_what, given, key, permissions) => {
    expect(needed(scene(given))[key]).toEqual(expect.arrayContaining(permissions));
  });
});

/** Lines as `zfs allow` prints them: `user bob send,hold`, for the dataset and all below. */
const granted = (lines: Record<string, string[]>): Grants['allowed'] =>
  new Map(
    Object.entries(lines).map(([name, grants]) => [
      ds(name),
      parseAllow(
        `---- Permissions on ${name} ----\nLocal+Descendent permissions:\n${grants.map((line) => `\t${line}\n`).join('')}`,
      ),
    ]),
  );
const account = { user: 'bob', groups: ['staff'] };

function check({ plan, existsOn }: { plan: Plan; existsOn: ExistsOn }, host: string, lines: Record<string, string[]>) {
  return checkPermissions(plan, host, { account, allowed: granted(lines) }, existsOn);
}

describe('the comparison', () => {
  it('asks of datasets that exist', () => {
    expect(grantPlaces(firstCopy.plan, 'nas', firstCopy.existsOn)).toEqual(['backup']);
    expect(grantPlaces(firstCopy.plan, 'laptop', firstCopy.existsOn)).toEqual(['tank/home']);
  });

  it('everything granted: nothing is said', () => {
    const all = `user bob create,mount,receive,hold,release,${PROFILE.join(',')}`;
    expect(check(firstCopy, 'nas', { backup: [all] })).toEqual([]);
    expect(check(firstCopy, 'laptop', { 'tank/home': ['group staff send,hold', 'everyone bookmark'] })).toEqual([]);
  });

  it('nothing granted: blocks, with have, need, missing and the line to run', () => {
    const [finding, ...more] = check(firstCopy, 'nas', { backup: ['user bob mount', 'user eve create'] });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      code: 'permission-missing',
      severity: 'blocks',
      evidence: {
        user: 'bob',
        have: ['mount'],
        need: ['canmount', 'create', 'devices', 'hold', 'mount', 'readonly', 'receive', 'setuid'],
        missing: ['canmount', 'create', 'devices', 'hold', 'readonly', 'receive', 'setuid'],
      },
    });
    expect(finding?.fixes.map(({ command }) => command)).toEqual([
      {
        host: 'nas',
        argv: ['zfs', 'allow', '-u', 'bob', 'canmount,create,devices,hold,readonly,receive,setuid', 'backup'],
      },
    ]);
  });

  it('following the line is enough', () => {
    const [finding] = check(update, 'laptop', { 'tank/home': [] });
    const line = finding?.fixes[0]?.command?.argv ?? [];
    expect(check(update, 'laptop', { [line.at(-1) ?? '']: [`user bob ${line.at(-2)}`] })).toEqual([]);
  });

  it('only properties or holds lack: it warns, and the plan goes on', () => {
    const [finding] = check(firstCopy, 'nas', { backup: ['user bob create,mount,receive,canmount,setuid,devices'] });
    expect(finding).toMatchObject({
      code: 'permission-partly-missing',
      severity: 'warns',
      evidence: { missing: ['hold', 'readonly'] },
    });
    expect(finding?.message).toContain('Without readonly');
    expect(finding?.message).toContain('Without hold');
  });

  it('a right to receive that cannot roll back is enough', () => {
    const grant = 'user bob receive:append,create,mount,hold,release';
    expect(check(update, 'nas', { 'backup/home': [grant] })).toEqual([]);
  });

  it('what a creator is granted counts for what the plan makes', () => {
    const allowed = new Map([
      [
        ds('backup'),
        parseAllow(
          `---- Permissions on backup ----\nCreate time permissions:\n\thold,${PROFILE.join(',')},receive\nLocal+Descendent permissions:\n\tuser bob create,mount\n`,
        ),
      ],
    ]);
    expect(checkPermissions(firstCopy.plan, 'nas', { account, allowed }, firstCopy.existsOn)).toEqual([]);
  });

  it('is only made where permissions are ZFS’s own', () => {
    expect(isDelegated(inventory('x', { root: false }))).toBe(true);
    expect(isDelegated(inventory('x'))).toBe(false);
    expect(isDelegated(inventory('x', { root: false, elevation: ['pfexec'] }))).toBe(false);
    expect(isDelegated(inventory('x', { root: false, zfs: zfsFuse }))).toBe(false);
  });

  it('makes a plan that was ready wait, and stands before what only warns', () => {
    const plan = planOf({ source: laptop(['a', 'b']), destination: emptyNas() });
    const findings = check(scene({ source: laptop(['a', 'b']), destination: emptyNas() }), 'nas', { backup: [] });
    const added = addFindings(plan, findings);
    expect(plan.ready).toBe(true);
    expect(added.ready).toBe(false);
    expect(added.findings[0]?.code).toBe('permission-missing');
    expect(addFindings(plan, [])).toBe(plan);
  });
});
