import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { ensureImage } from './image.ts';
import { labUnavailableReason, saveDescription, startLab } from './lab.ts';
import { installRequirements } from './requirements.ts';

const USAGE = `usage: node test/lab/cli.ts build          make the guest image, if this recipe has none
       node test/lab/cli.ts up [FILE]      start the lab, print its description (also to FILE) and stay until Ctrl-C
With SLUICE_LAB=FILE the lab tests use that lab instead of starting one.
`;

const report = (line: string) => process.stderr.write(`lab: ${line}\n`);

async function build(): Promise<void> {
  const reason = labUnavailableReason();
  if (reason !== null) throw new Error(reason);
  installRequirements();
  const started = performance.now();
  const image = await ensureImage(report);
  report(`image ${image.root}, after ${Math.round((performance.now() - started) / 1000)} s`);
}

async function up(file: string | undefined): Promise<void> {
  const started = performance.now();
  const lab = await startLab({ report });
  report(`up after ${((performance.now() - started) / 1000).toFixed(1)} s; Ctrl-C ends it`);
  process.stdout.write(`${JSON.stringify(lab.description, null, 2)}\n`);
  if (file) saveDescription(lab.description, file);
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => stopped.abort());
  // The owner's socket keeps the process alive.
  await once(stopped.signal, 'abort');
  await lab.stop();
  if (file) rmSync(file);
}

const [command, file] = process.argv.slice(2);
try {
  if (command === 'build') await build();
  else if (command === 'up') await up(file);
  else {
    process.stderr.write(USAGE);
    process.exitCode = 64;
  }
} catch (error) {
  report(error instanceof Error ? error.message : String(error));
  // At once: hosts that could not be stopped in order end with this process.
  process.exit(1);
}
