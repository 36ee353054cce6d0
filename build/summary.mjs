/**
 * Sums up what the tiers left in a folder: `node build/summary.mjs FOLDER FAILED_STEPS`. Names the tests that passed only when
 * they were repeated, prints one line, "N passed, N failed", and ends with status 1 unless there were tests and all of
 * them passed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ numPassedTests: number, numFailedTests: number }} Tier what Vitest's and the package's reports have
 */

/**
 * @param {Tier[]} tiers
 * @param {number} failedSteps steps whose status was not 0
 */
export function sumUp(tiers, failedSteps) {
  const passed = tiers.reduce((sum, tier) => sum + tier.numPassedTests, 0);
  // A step can fail without a failed test: a check, a crash, a file that does not load. It is one failure then.
  const failed = Math.max(
    tiers.reduce((sum, tier) => sum + tier.numFailedTests, 0),
    failedSteps,
  );
  return { line: `${passed} passed, ${failed} failed`, good: passed > 0 && failed === 0 };
}

/**
 * @param {string} name the file's, for the message
 * @param {Partial<Tier>} report
 * @returns {Tier}
 * @throws {Error} if it has no counts: a sum with it in would be no number
 */
export function tierOf(name, { numPassedTests, numFailedTests }) {
  if (!Number.isInteger(numPassedTests) || !Number.isInteger(numFailedTests)) {
    throw new Error(`${name} does not say how many tests passed and failed.`);
  }
  return { numPassedTests: Number(numPassedTests), numFailedTests: Number(numFailedTests) };
}

/**
 * @typedef {{ fullName: string, status: string, failureMessages: string[] }} Test
 * @param {{ testResults?: { assertionResults: Test[] }[] }} report Vitest's; one of another kind repeats nothing
 * @returns {string[]} a line for each test that passed, but not at first: its name, and why not
 */
export function repeatedIn({ testResults = [] }) {
  return testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status === 'passed' && test.failureMessages.length > 0)
    .map((test) => `passed only when repeated: ${test.fullName}: ${test.failureMessages[0]?.split('\n')[0]}`);
}

/** @param {string} folder */
function readReports(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.map((name) => ({ name, report: JSON.parse(readFileSync(path.join(folder, name), 'utf8')) }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = 'test-results', failedSteps = '0'] = process.argv.slice(2);
  const reports = readReports(folder);
  const { line, good } = sumUp(
    reports.map(({ name, report }) => tierOf(name, report)),
    Number(failedSteps),
  );
  const repeated = reports.flatMap(({ report }) => repeatedIn(report));
  process.stdout.write([...repeated, line, ''].join('\n'));
  process.exitCode = good ? 0 : 1;
}
