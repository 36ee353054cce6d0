import { describe, expect, it } from 'vitest';
import { askHelpers, type Helper, readHelpers } from './helpers.ts';
import { compressorsOf, decidePacking, MEASURE_FROM, type PackingFacts, type Sample } from './packing.ts';

const known = (changes: Partial<PackingFacts> = {}): PackingFacts => ({
  route: 'relay',
  practice: false,
  raw: false,
  tells: true,
  source: new Set<Helper>(['zstd', 'lz4']),
  destination: new Set<Helper>(['zstd']),
  samples: null,
  ...changes,
});
const sample = (compressor: Sample['compressor'], rate: number, share = 0.25): Sample => ({ compressor, rate, share });
const auto = { compress: 'auto' } as const;
const slowLine = [sample(null, 10e6, 1), sample('zstd', 38e6), sample('lz4', 30e6, 0.4)];

describe('compression on the way', () => {
  it.each([
    ['a slow line', known({ samples: slowLine }), 'zstd', '36.2 MiB/s with zstd, 9.54 MiB/s as it is'],
    ['a fast line', known({ samples: [sample(null, 400e6, 1), sample('zstd', 300e6)] }), null, 'Not compressed'],
    ['hardly a gain', known({ samples: [sample(null, 100e6, 1), sample('zstd', 120e6)] }), null, 'Not compressed'],
    [
      'lz4 is faster',
      known({ samples: [sample(null, 90e6, 1), sample('zstd', 200e6), sample('lz4', 250e6)] }),
      'lz4',
      'lz4',
    ],
    [
      'what does not become smaller, whatever was measured',
      known({ samples: [sample(null, 5e6, 1), sample('zstd', 9e6, 1)] }),
      null,
      '4.77 MiB/s with zstd',
    ],
    ['nothing could be measured', known(), null, null],
    ['only the plain stream could be', known({ samples: [sample(null, 1e6, 1)] }), null, null],
    ['raw', known({ raw: true, samples: slowLine }), null, 'encrypted'],
    ['nothing in common', known({ destination: new Set(['pv']) }), null, 'neither zstd nor lz4'],
    ['nobody could tell the progress', known({ tells: false, samples: slowLine }), null, null],
    ['on one host', known({ route: 'local', samples: slowLine }), null, null],
    ['practice hosts', known({ practice: true, samples: slowLine }), null, null],
    ['direct', known({ route: 'direct', samples: slowLine }), 'zstd', 'through this computer'],
  ] as const)('%s', (_, facts, compressor, said) => {
    const packing = decidePacking(auto, MEASURE_FROM, facts);
    expect(packing.compressor).toBe(compressor);
    if (said === null) expect(packing.sentence).toBeNull();
    else expect(packing.sentence).toContain(said);
    expect(packing.findings).toEqual([]);
  });

  it('of small streams nothing is measured, and nothing buffered', () => {
    const small = known({ samples: slowLine });
    expect(decidePacking(auto, MEASURE_FROM - 1, small)).toMatchObject({ compressor: null, buffers: false });
    expect(decidePacking(auto, null, small)).toMatchObject({ compressor: null, buffers: false });
    expect(decidePacking(auto, MEASURE_FROM, small)).toMatchObject({ compressor: 'zstd', buffers: true });
  });

  it('is done as asked, or not at all', () => {
    const fast = known({ samples: [sample(null, 400e6, 1), sample('zstd', 300e6)] });
    expect(decidePacking({ compress: 'zstd' }, 10, fast).compressor).toBe('zstd');
    expect(decidePacking({ compress: 'no' }, MEASURE_FROM, known({ samples: slowLine })).compressor).toBeNull();
  });

  it('what was asked for and is not there blocks, and says where', () => {
    const { compressor, findings } = decidePacking({ compress: 'lz4' }, 10, known());
    expect(compressor).toBeNull();
    expect(findings).toMatchObject([
      {
        code: 'compress-needs-tool',
        severity: 'blocks',
        message: 'The destination has no lz4, which was to compress the stream.',
        fixes: [{ change: { compress: 'no' } }],
      },
    ]);
  });

  it('takes what both ends have', () => {
    expect(compressorsOf(known())).toEqual(['zstd']);
  });

  it('reads which helpers are there', () => {
    expect([...readHelpers('pv\nzstd\nzstdcat\n')]).toEqual(['pv', 'zstd']);
    expect(askHelpers.slice(-4)).toEqual(['pv', 'mbuffer', 'zstd', 'lz4']);
  });
});
