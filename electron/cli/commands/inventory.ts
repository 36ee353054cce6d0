/** `sluice inventory HOST[:dataset]`. */
import { type DatasetName, datasetOf, isWithin, parseDatasetName } from '../../../shared/model/names.ts';
import { showZfs } from '../../../shared/zfs/capabilities.ts';
import { type Context, exitCodes } from '../context.ts';
import { sizeText } from '../show-plan.ts';
import { table } from '../terminal.ts';
import { UsageError } from '../usage.ts';

function target(text: string): { host: string; dataset: DatasetName | null } {
  const [host = '', ...rest] = text.split(':');
  if (rest.length === 0) return { host, dataset: null };
  const dataset = parseDatasetName(rest.join(':'));
  if (!dataset.ok) throw new UsageError(dataset.error);
  return { host, dataset: dataset.value };
}

export async function inventoryCommand(context: Context): Promise<number> {
  const [text] = context.positionals;
  if (text === undefined || context.positionals.length > 1)
    throw new UsageError('inventory takes HOST or HOST:dataset.');
  const { host, dataset } = target(text);
  const place = dataset === null ? null : ({ kind: 'trees', names: [dataset] } as const);
  const all = await context.engine.inventory(host, place);
  // Includes its parents; early tools list everything.
  const wanted = (name: DatasetName) => dataset === null || isWithin(name, dataset);
  const inventory = {
    ...all,
    datasets: all.datasets.filter(({ name }) => wanted(name)),
    snapshots: all.snapshots.filter(({ name }) => wanted(datasetOf(name))),
    bookmarks: all.bookmarks.filter(({ name }) => wanted(datasetOf(name))),
  };
  if (context.json) {
    context.emit(inventory);
    return exitCodes.done;
  }
  const { terminal } = context;
  terminal.print(`${host}: ${showZfs(inventory.zfs)}, ${inventory.zfs.system}`);
  terminal.print();
  terminal.print(
    table(
      ['POOL', 'HEALTH', 'SIZE', 'FREE'],
      inventory.pools.map((pool) => [pool.name, pool.health, sizeText(pool.size), sizeText(pool.free)]),
      new Set([2, 3]),
    ),
  );
  terminal.print();
  const counts = new Map<string, number>();
  for (const { name } of inventory.snapshots) counts.set(datasetOf(name), (counts.get(datasetOf(name)) ?? 0) + 1);
  terminal.print(
    table(
      ['DATASET', 'USED', 'AVAILABLE', 'SNAPSHOTS'],
      inventory.datasets.map((one) => [
        one.name,
        sizeText(one.used),
        sizeText(one.available),
        String(counts.get(one.name) ?? 0),
      ]),
      new Set([1, 2, 3]),
    ),
  );
  if (dataset !== null && inventory.snapshots.length > 0) {
    terminal.print();
    terminal.print(
      table(
        ['SNAPSHOT', 'GUID', 'CREATETXG'],
        inventory.snapshots.map((one) => [one.name, one.guid, String(one.createtxg)]),
        new Set([2]),
      ),
    );
  }
  return exitCodes.done;
}
