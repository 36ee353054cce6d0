import { describe, expect, it } from 'vitest';
import type { Draft } from '../../shared/model/draft.ts';
import { plainSource, type ReplicationRequest, RequestSchema } from '../../shared/model/request.ts';
import {
  applyChange,
  chooseContinued,
  chooseDestinationHost,
  chooseNew,
  chooseSourceDataset,
  chooseSourceHost,
  copyOf,
  emptyDraft,
  fromRequest,
  makesCopies,
  missingStep,
  nameFault,
  sendChangesAgain,
  targetOf,
  toggleAlso,
  toRequest,
} from './draft.ts';

const sourced = chooseSourceDataset(chooseSourceHost(emptyDraft, 'laptop'), 'tank/photos');
const ready = chooseNew(chooseDestinationHost(sourced, 'backupbox'), { parent: 'backup' });
const request = (draft: Draft): ReplicationRequest => {
  const made = toRequest(draft);
  if (!made.ok) throw new Error(`missing: ${made.error}`);
  return made.value;
};

describe('a draft', () => {
  it('becomes a request with careful defaults', () => {
    expect(request(ready)).toMatchObject({
      source: { ...plainSource, host: 'laptop', dataset: 'tank/photos', snapshot: null },
      destination: { host: 'backupbox', dataset: 'backup/photos', naming: 'exact' },
      package: 'single',
      base: { kind: 'auto' },
      intermediates: true,
      filter: null,
      properties: 'auto',
      onDivergence: 'stop',
      partial: 'keep',
      receive: { readonly: 'on', mount: false, set: [], skip: [] },
      raw: 'auto',
      limit: null,
      route: 'auto',
      concurrency: 1,
      onFailure: 'stop',
    });
  });

  it('makes copies unless it only adds to one that is there', () => {
    expect(makesCopies(ready)).toBe(true);
    const going = chooseContinued(ready, 'backup/photos');
    expect(makesCopies(going)).toBe(false);
    expect(makesCopies({ ...going, options: { ...going.options, package: 'replication' } })).toBe(true);
  });

  it('says at which step something is missing', () => {
    expect(missingStep(emptyDraft)).toBe('source');
    expect(missingStep(sourced)).toBe('destination');
    expect(missingStep(chooseNew(ready, { name: 'a//b' }))).toBe('destination');
    expect(missingStep(ready)).toBeNull();
  });

  it('names the copy after its source until another name is typed', () => {
    expect(targetOf(chooseSourceDataset(ready, 'tank/projects'))).toBe('backup/projects');
    const named = chooseNew(ready, { name: 'pictures' });
    expect(targetOf(chooseSourceDataset(named, 'tank/projects'))).toBe('backup/pictures');
  });

  it('takes a first snapshot of a dataset that has none, and of no other', () => {
    const bare = chooseSourceDataset(ready, 'tank', 'sluice-1');
    expect(bare).toMatchObject({ sourceDataset: 'tank', snapshot: 'sluice-1', take: true });
    expect(chooseSourceDataset(bare, 'tank/projects')).toMatchObject({ snapshot: null, take: false });
  });

  it('says what is wrong with a name', () => {
    expect(nameFault(chooseNew(ready, { name: 'a%b' }))).toContain('"%"');
    expect(nameFault(ready)).toBeNull();
  });

  it('forgets what was decided about other ends', () => {
    const decided = applyChange(chooseContinued(ready, 'backup/photos'), { onDivergence: 'rollback', raw: 'yes' });
    expect(chooseContinued(decided, 'backup/other').options).toMatchObject({ onDivergence: 'stop', raw: 'auto' });
    expect(chooseSourceDataset(decided, 'tank/home').options.onDivergence).toBe('stop');
    expect(chooseDestinationHost(decided, 'nas').options.onDivergence).toBe('stop');
  });

  it('keeps everything when the same is chosen again', () => {
    const decided = applyChange(ready, { onDivergence: 'set-aside' });
    expect(chooseSourceDataset(decided, 'tank/photos')).toBe(decided);
    expect(chooseSourceHost(decided, 'laptop')).toBe(decided);
    expect(chooseDestinationHost(decided, 'backupbox')).toBe(decided);
  });
});

describe('fixes', () => {
  it('change the destination', () => {
    const change = RequestSchema.partial().parse({
      destination: { host: 'backupbox', dataset: 'backup/old/photos-2', naming: 'exact' },
    }) as Partial<ReplicationRequest>;
    expect(request(applyChange(ready, change)).destination.dataset).toBe('backup/old/photos-2');
  });
  it('change options and leave the rest', () => {
    expect(request(applyChange(ready, { onDivergence: 'set-aside' }))).toEqual({
      ...request(ready),
      onDivergence: 'set-aside',
    });
  });
  it('change the snapshot', () => {
    const { source } = request(ready);
    const change = RequestSchema.partial().parse({
      source: { ...source, snapshot: 'auto-1' },
    }) as Partial<ReplicationRequest>;
    expect(request(applyChange(ready, change)).source.snapshot).toBe('auto-1');
  });
});

describe('requests of earlier runs', () => {
  it('come back as they were', () => expect(request(fromRequest(request(ready)))).toEqual(request(ready)));
  it('are sent again from the newest state, without old decisions', () => {
    const old = request(applyChange({ ...ready, snapshot: 'auto-1' }, { onDivergence: 'rollback', limit: 1000 }));
    expect(request(sendChangesAgain(old))).toMatchObject({
      source: { snapshot: null },
      onDivergence: 'stop',
      limit: 1000,
    });
  });

  it('lets several sources lie in one dataset, and gives a single one its name again', () => {
    const several = toggleAlso(toggleAlso(ready, 'tank/home'), 'tank/docs');
    expect(request(several)).toMatchObject({
      source: { dataset: 'tank/photos', also: ['tank/home', 'tank/docs'] },
      destination: { dataset: 'backup', naming: 'last-name' },
    });
    expect(copyOf(several)).toBe('backup/photos');
    expect(copyOf({ ...several, naming: 'without-pool', name: 'in' })).toBe('backup/in/photos');
    const single = toggleAlso(toggleAlso(several, 'tank/home'), 'tank/docs');
    expect(request(single)).toMatchObject({
      source: { also: [] },
      destination: { dataset: 'backup/photos', naming: 'exact' },
    });
    expect(copyOf(single)).toBe('backup/photos');
  });
});
