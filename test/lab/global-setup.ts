import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { labUnavailableReason, saveDescription, startLab } from './lab.ts';

const say = (line: string) => process.stdout.write(`lab: ${line}\n`);

/**
 * Starts the lab for all test files, which find it through `connectLab()`; SLUICE_LAB names one that runs already
 * (`node test/lab/cli.ts up FILE`). Where it cannot run, the tier is left out with one line, or fails when CI is set.
 */
export default async function setUpLab(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env.SLUICE_LAB) {
    if (!existsSync(process.env.SLUICE_LAB))
      throw new Error(`SLUICE_LAB names ${process.env.SLUICE_LAB}, which is not there`);
    say(`using the one of ${process.env.SLUICE_LAB}`);
    return undefined;
  }
  const reason = labUnavailableReason();
  if (reason !== null) {
    if (process.env.CI) throw new Error(`the lab cannot run: ${reason}`);
    say(`left out: ${reason}`);
    project.config.include = [];
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
