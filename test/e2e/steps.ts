/** What tests of the window do in several places, as a person does it. */
import type { Locator, Page } from 'playwright-core';

/** Chooses a card by clicking on it; its radio button is hidden below. */
export async function pick(page: Page, group: string, name: RegExp): Promise<void> {
  await page
    .getByRole('radiogroup', { name: group })
    .locator('label')
    .filter({ has: page.getByRole('radio', { name }) })
    .click();
}

/** Goes to a page by the rail at the side. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();
}

/** Goes to a step of the wizard by its rail. */
export async function goToStep(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name }).click();
}

/** A long list draws only what is in sight: the filter brings a dataset there. */
async function findDataset(page: Page, dataset: string): Promise<void> {
  await page
    .getByRole('searchbox', { name: /Datasets on/ })
    .first()
    .fill(dataset);
}

/**
 * Chooses a dataset of a list. On a machine that has several times the work it has room for, a press was lost now and then
 * without a cause that could be found: it is said, and made again as a person would.
 */
async function chooseDataset(page: Page, dataset: string): Promise<void> {
  await findDataset(page, dataset);
  const name = new RegExp(`^${dataset},`);
  const row = page.getByRole('option', { name }).first();
  await row.click();
  try {
    await page.getByRole('option', { name, selected: true }).first().waitFor({ timeout: 5_000 });
  } catch {
    process.stdout.write(`A press on ${dataset} was lost at ${page.url()}; it is made again.\n`);
    await row.click();
  }
}

/** Begins anew and chooses what is sent. */
export async function chooseSource(page: Page, host: RegExp, dataset: string): Promise<void> {
  await goTo(page, 'Replicate');
  await page.getByRole('heading', { name: 'What should be replicated?' }).waitFor();
  const over = page.getByRole('button', { name: 'Start over' });
  if ((await over.count()) > 0) await over.click();
  await goToStep(page, /Source/);
  await pick(page, 'Source host', host);
  await chooseDataset(page, dataset);
}

/** Chooses a new dataset for the copy. */
export async function chooseNewCopy(page: Page, host: RegExp, pool: string, name: string): Promise<void> {
  await goToStep(page, /Destination/);
  await pick(page, 'Destination host', host);
  await pick(page, 'The copy is', /A new dataset/);
  await pick(page, 'Pool', new RegExp(`^${pool}`));
  await page.getByRole('textbox', { name: 'Name of the copy' }).fill(name);
  await page.getByText(`${pool}/${name} will be created`).waitFor();
}

/** Chooses an existing dataset, to be continued. */
export async function chooseContinued(page: Page, host: RegExp, dataset: string): Promise<void> {
  await goToStep(page, /Destination/);
  await pick(page, 'Destination host', host);
  await pick(page, 'The copy is', /An existing copy/);
  await chooseDataset(page, dataset);
}

/** @param mebibytes a second, at most */
export async function limitTo(page: Page, mebibytes: string): Promise<void> {
  await goToStep(page, /How/);
  await page.getByText('Limit the bandwidth').click();
  await page.getByRole('textbox', { name: 'At most' }).fill(mebibytes);
}

/** Presses what gives the rights that lack on a practice host. @returns the question for the password */
export async function giveRights(page: Page, host: string): Promise<Locator> {
  await page
    .getByRole('button', { name: `Run it on ${host}` })
    .first()
    .click();
  const prompt = page.getByRole('dialog', { name: `${host} asks` });
  await prompt.getByText('sudo zfs allow').waitFor();
  return prompt;
}

/** Answers a practice host, all of whose users have one password. */
export async function answerPassword(page: Page, prompt: Locator): Promise<void> {
  await prompt.getByLabel(/^Password of/).fill('practice');
  await page.keyboard.press('Enter');
}

/** Presses Start on the review once it can be pressed. */
export async function start(page: Page): Promise<void> {
  await goToStep(page, /Review/);
  await page.locator('button:enabled', { hasText: /^Start$/ }).click();
}

export async function untilProved(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Done and proved' }).waitFor({ timeout: 120_000 });
}
