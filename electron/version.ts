/** The version of package.json, put in its place when bundled. */
import packageJson from '../package.json' with { type: 'json' };

export const version: string = packageJson.version;
