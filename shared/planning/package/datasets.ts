/** Which datasets a package has, and what their copies are called. */
import type { Dataset, Inventory } from '../../model/inventory.ts';
import { type DatasetName, isWithin, parseDatasetName } from '../../model/names.ts';
import type { Finding } from '../../model/plan.ts';
import type { ReplicationRequest } from '../../model/request.ts';
import { datasetNamed } from '../ends.ts';
import { blocks } from '../findings.ts';
import { copyName } from './copy-name.ts';

export interface PackageDataset {
  readonly dataset: Dataset;
  /** The dataset that was asked for, in whose tree this one lies. */
  readonly root: DatasetName;
  readonly copy: DatasetName;
}

/** The trees that were asked for. One that lies in another is part of it, unless single datasets are sent. */
function rootsOf({ package: kind, source }: ReplicationRequest): DatasetName[] {
  const asked = [...new Set([source.dataset, ...source.also])];
  if (kind === 'single') return asked;
  return asked.filter((root) => !asked.some((other) => other !== root && isWithin(root, other)));
}

/** Parents before children, else by name: the order in which `zfs send -R` walks. */
const byName = (a: Dataset, b: Dataset) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** @returns the datasets, and findings that block where they cannot all be copied */
export function packageDatasets(
  request: ReplicationRequest,
  source: Inventory,
): { readonly datasets: PackageDataset[]; readonly findings: Finding[] } {
  const { exclude } = request.source;
  const { destination } = request;
  const findings: Finding[] = [];
  const datasets: PackageDataset[] = [];
  for (const root of rootsOf(request)) {
    const top = datasetNamed(source, root);
    if (top === null) {
      findings.push(noSuchDataset(request, source, root));
      continue;
    }
    const tree =
      request.package === 'single'
        ? [top]
        : source.datasets
            .filter(({ name }) => isWithin(name, root) && !exclude.some((left) => isWithin(name, left)))
            .toSorted(byName);
    for (const dataset of tree) {
      const copy = parseDatasetName(copyName(destination.dataset, destination.naming, root, dataset.name));
      if (!copy.ok) findings.push(nameTooLong(request, dataset.name));
      else datasets.push({ dataset, root, copy: copy.value });
    }
  }
  return { datasets, findings: [...findings, ...collisions(request, datasets), ...checkExcluded(request)] };
}

function noSuchDataset(request: ReplicationRequest, source: Inventory, dataset: DatasetName): Finding {
  const last = dataset.split('/').at(-1);
  const near = source.datasets.map((one) => one.name).filter((name) => name.split('/').at(-1) === last);
  return blocks('no-such-dataset', {
    message: `${source.host} has no dataset ${dataset}.`,
    evidence: { host: source.host, dataset, similar: near.slice(0, 5) },
    fixes: request.source.also.includes(dataset)
      ? [
          {
            label: `Leave ${dataset} out`,
            detail: 'The other datasets are copied.',
            change: { source: { ...request.source, also: request.source.also.filter((one) => one !== dataset) } },
            destructive: false,
          },
        ]
      : [],
  });
}

function nameTooLong(request: ReplicationRequest, dataset: DatasetName): Finding {
  return blocks('name-too-long', {
    message: `The copy of ${dataset} in ${request.destination.dataset} would have a longer name than ZFS allows. Choose a shorter destination.`,
    evidence: { dataset, destination: request.destination.dataset },
    dataset,
  });
}

function collisions(request: ReplicationRequest, datasets: readonly PackageDataset[]): Finding[] {
  const first = new Map<DatasetName, DatasetName>();
  return datasets.flatMap(({ dataset, copy }) => {
    const other = first.get(copy);
    if (other === undefined) {
      first.set(copy, dataset.name);
      return [];
    }
    return [
      blocks('copies-collide', {
        message: `${other} and ${dataset.name} would both become ${copy}.`,
        evidence: { copy, datasets: [other, dataset.name] },
        fixes:
          request.destination.naming === 'without-pool'
            ? []
            : [
                {
                  label: 'Name the copies by their whole path',
                  detail: 'Each is named by its path without the pool; the names then differ.',
                  change: { destination: { ...request.destination, naming: 'without-pool' } },
                  destructive: false,
                },
              ],
        dataset: dataset.name,
      }),
    ];
  });
}

function checkExcluded({ source }: ReplicationRequest): Finding[] {
  const whole = [source.dataset, ...source.also].filter((root) => source.exclude.some((left) => isWithin(root, left)));
  return whole.map((root) =>
    blocks('everything-excluded', {
      message: `${root} is both to be copied and to be left out.`,
      evidence: { dataset: root, exclude: source.exclude },
      fixes: [
        {
          label: 'Leave nothing out',
          detail: 'All datasets of the package are copied.',
          change: { source: { ...source, exclude: [] } },
          destructive: false,
        },
      ],
    }),
  );
}
