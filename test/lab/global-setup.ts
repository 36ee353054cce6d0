import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { saveDescription, startLab } from './lab.ts';

const say = (line: string) => process.stdout.write(`lab: ${line}\n`);

/**
 * Starts the lab for all test files, which find it through `connectLab()`; SLUICE_LAB names one that runs already
 * (`node test/lab/cli.ts up FILE`).
 */
export default async function setUpLab(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.SLUICE_LAB) {
    if (!existsSync(process.env.SLUICE_LAB))
      throw new Error(`SLUICE_LAB names ${process.env.SLUICE_LAB}, which is not there`);
    say(`using the one of ${process.env.SLUICE_LAB}`);
    return undefined;
  }
  const lab = await startLab({ report: say });
  const file = join(lab.description.directory, 'private', 'description.json');
  saveDescription(lab.description, file);
  // Workers inherit the environment.
  process.env.SLUICE_LAB = file;
  return async () => {
    delete process.env.SLUICE_LAB;
    await lab.stop();
  };
}
