/**
 * `npm run package [-- --linux|--mac|--win …]`: packages for this platform, or the one named, in release/.
 * `npm run package:dry`: the same as far as it goes without Electron's runtime, with what comes out examined.
 */
import { keepCount, packageScript, root, runNode } from './steps.ts';

const args = process.argv.slice(2);

if (args[0] === '--dry') {
  const { dryRun } = await import('./package-dry-run.ts');
  const findings = await dryRun();
  for (const { what, fault } of findings) {
    process.stdout.write(fault === null ? `  ok    ${what}\n` : `  FAIL  ${what}: ${fault}\n`);
  }
  const failed = findings.filter(({ fault }) => fault !== null).length;
  keepCount('package', findings.length - failed, failed);
  process.exitCode = failed === 0 ? 0 : 1;
} else {
  process.exitCode = await runNode([
    packageScript('electron-builder/cli.js'),
    '--config',
    'build/electron-builder.yml',
    '--publish',
    'never',
    '--projectDir',
    root,
    ...args,
  ]);
}
