/** The small JSON files of the state folder: readable by their owner only, written atomically, all in one format. */
import Conf from 'conf';

/** The version of the format, not of the application. */
const FORMAT = '1.0.0';

/**
 * What becomes of a file that is no JSON: `begin-anew` empties it, where it holds nothing that a person would miss; `throw` leaves it
 * as it is, and {@link isDamage} tells what was thrown.
 */
export type WhenDamaged = 'begin-anew' | 'throw';

/**
 * Opens `NAME.json`; the file is made if it is not there. Contents are whatever the file holds: whoever reads them checks them.
 *
 * @param stateDir an absolute path of a folder that exists
 * @param empty what a new file holds
 * @throws SyntaxError with `throw`, now or at any later reading, if the file is no JSON; errors of the file system
 */
export const openStateFile = (
  stateDir: string,
  name: string,
  empty: Readonly<Record<string, unknown>>,
  whenDamaged: WhenDamaged,
): Conf<Record<string, unknown>> =>
  new Conf<Record<string, unknown>>({
    cwd: stateDir,
    configName: name,
    // conf's own default is 0666 less the umask.
    configFileMode: 0o600,
    clearInvalidConfig: whenDamaged === 'begin-anew',
    // Names of hosts have dots.
    accessPropertiesByDotNotation: false,
    projectVersion: FORMAT,
    // None yet; conf notes a file's version only if it is given some.
    migrations: {},
    defaults: empty,
  });

/** conf: "The config file `…` is not valid JSON." Anything else (no right to read) is no damage. */
export const isDamage = (thrown: unknown): thrown is SyntaxError => thrown instanceof SyntaxError;
