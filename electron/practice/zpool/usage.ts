/** The usage texts of `zpool` that a practice host has. */
import { POOL_PROPERTIES } from './properties.ts';

const VERBS: Readonly<Record<string, readonly string[]>> = {
  version: ['version [-j]'],
  list: [
    'list [-gHLpPv] [-o property[,...]] [-j [--json-int, --json-pool-key-guid]] ...',
    '    [-T d|u] [pool] [interval [count]]',
  ],
  status: [
    'status [-DdegiLPpstvx] [-c script1[,script2,...]] ...',
    '    [-j|--json [--json-flat-vdevs] [--json-int] [--json-pool-key-guid]] ...',
    '    [-T d|u] [--power] [pool] [interval [count]]',
  ],
  get: [
    'get [-Hp] [-j [--json-int, --json-pool-key-guid]] ...',
    '    [-o "all" | field[,...]] <"all" | property[,...]> <pool> ...',
  ],
};

const HINT = '\nFor further help on a command or topic, run: zpool help [<topic>]\n';

function propertyTable(): string {
  const sorted = [...POOL_PROPERTIES].sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = [...sorted.filter((one) => !one.editable), ...sorted.filter((one) => one.editable)].map(
    (one) => `\t${one.name.padEnd(19)}   ${one.editable ? 'YES' : ' NO'}   ${one.values}`,
  );
  return [
    '',
    'the following properties are supported:',
    '',
    `\t${'PROPERTY'.padEnd(19)}  EDIT   VALUES`,
    '',
    ...rows,
    `\t${'feature@...'.padEnd(19)}   YES   disabled | enabled | active`,
    '',
    'The feature@ properties must be appended with a feature name.',
    'See zpool-features(7).',
    '',
  ].join('\n');
}

const linesOf = (verb: string): string => (VERBS[verb] ?? []).map((line) => `\t${line}\n`).join('');

export const poolUsageOf = (verb: string): string =>
  `usage:\n${linesOf(verb)}${verb === 'list' || verb === 'get' ? propertyTable() : HINT}`;

export function poolUsageOfAll(): string {
  const blocks = [['version'], ['list', 'status'], ['get']].map((verbs) => verbs.map(linesOf).join(''));
  return `usage: zpool command args ...\nwhere 'command' is one of the following:\n\n${blocks.join('\n')}${HINT}`;
}
