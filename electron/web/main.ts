/** Starts Sluice in a browser: `node dist/web.js [options]`. */
import { toFailure } from '../../shared/model/failure.ts';
import { startBackend } from '../backend.ts';
import { endOnFault } from '../faults.ts';
import { parseLaunchOptions, UsageError, usage } from '../launch-options.ts';
import { runInBrowser } from './run.ts';

/** The usual status for arguments that were not understood (EX_USAGE). */
const USAGE_STATUS = 64;

async function main(): Promise<void> {
  const options = parseLaunchOptions(process.argv.slice(2));
  const start = async (openPractice: () => Promise<string>) => {
    const backend = await startBackend(options, 'browser', null, openPractice);
    endOnFault(
      () => backend.close(),
      (status) => process.exit(status),
    );
    return backend;
  };
  await runInBrowser(options, start, () => startBackend({ ...options, practice: true }, 'browser'));
}

main().then(
  // Whatever a closed engine left open, a socket's timer say, must not keep the terminal.
  () => process.exit(0),
  (error: unknown) => {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${usage}`);
      process.exit(USAGE_STATUS);
    }
    const { message, cause, next } = toFailure(error);
    process.stderr.write(`${[message, cause, next].filter((text) => text !== '').join('\n')}\n`);
    process.exit(1);
  },
);
