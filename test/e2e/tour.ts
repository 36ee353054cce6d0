/**
 * A person's first replication, step by step in the window. The browser test on the practice hosts, the lab's test on
 * real ZFS and the pictures for the documentation walk the same way.
 */
import type { Page } from 'playwright-core';
import { pick } from './steps.ts';

/** Where the tour stops, in order. */
export type Stop =
  | 'start'
  | 'hosts'
  | 'source'
  | 'snapshot'
  | 'destination'
  | 'how'
  | 'review'
  | 'transfer'
  | 'receipt'
  | 'runs';

/** What is replicated in the tour: small enough to be over soon, large enough to be seen on its way. */
export interface Journey {
  /** Names of the two hosts; both are in the host book. */
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly pool: string;
  readonly name: string;
}

async function next(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Next' }).click();
}

/**
 * Walks from the list of hosts to the receipt.
 *
 * @param address that opens the window
 * @param at called at each stop, once the page has what it shows
 */
export async function firstReplication(
  page: Page,
  address: string,
  { from, to, source, pool, name }: Journey,
  at: (stop: Stop) => Promise<void>,
): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Replicate snapshots' }).waitFor();
  await at('start');

  await page.getByRole('navigation').getByRole('link', { name: 'Hosts' }).click();
  await page.getByText(from).first().waitFor();
  await at('hosts');

  await page.getByRole('navigation').getByRole('link', { name: 'Replicate' }).click();
  await pick(page, 'Source host', new RegExp(from));
  await page.getByRole('option', { name: new RegExp(`^${source},`) }).click();
  await at('source');

  await next(page);
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await at('snapshot');

  await next(page);
  await pick(page, 'Destination host', new RegExp(to));
  await pick(page, 'The copy is', /A new dataset/);
  await pick(page, 'Pool', new RegExp(`^${pool}`));
  await page.getByRole('textbox', { name: 'Name of the copy' }).fill(name);
  await page.getByText(`${pool}/${name} will be created`).waitFor();
  await at('destination');

  await next(page);
  await page.getByRole('heading', { name: 'How should it be kept?' }).waitFor();
  await at('how');

  await next(page);
  const start = page.getByRole('button', { name: 'Start', exact: true });
  await page.getByRole('columnheader', { name: 'INCREMENTAL FROM' }).waitFor();
  await at('review');

  await start.click();
  await page.getByRole('progressbar').first().waitFor();
  await at('transfer');

  await page.getByRole('heading', { name: 'Done and proved' }).waitFor({ timeout: 180_000 });
  await at('receipt');

  await page.getByRole('navigation').getByRole('link', { name: 'History' }).click();
  await page.getByRole('row').getByText('Done', { exact: true }).first().waitFor();
  await at('runs');
}
