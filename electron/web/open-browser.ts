/** Opens an address in the person's browser without putting it in an argument list, which every user can read. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A program and the arguments before the file to open. */
interface Opener {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * How this computer opens a file in the browser.
 *
 * @returns null where there is no display to open it on: a Linux console, any login over SSH
 */
export function openerFor(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): Opener | null {
  const display = environment.DISPLAY || environment.WAYLAND_DISPLAY;
  if (platform === 'linux' || platform === 'freebsd') return display ? { program: 'xdg-open', args: [] } : null;
  if (environment.SSH_CONNECTION) return null;
  if (platform === 'darwin') return { program: 'open', args: [] };
  if (platform === 'win32') return { program: 'explorer.exe', args: [] };
  return null;
}

/** A page that leads on to an address at once. */
export function redirectPage(address: string): string {
  const escaped = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${escaped}">
<title>Opening Sluice</title>
<p><a href="${escaped}">Open Sluice</a></p>
`;
}

export interface OpenedBrowser {
  /** Removes the page that led to the address. */
  forget(): Promise<void>;
}

/**
 * Opens an address through a page that only this user can read.
 *
 * @returns null if there is nothing to open it with; the person then uses the address that was printed
 */
export async function openBrowser(address: string): Promise<OpenedBrowser | null> {
  const opener = openerFor(process.platform, process.env);
  if (opener === null) return null;
  // mkdtemp makes the folder 0700.
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-open-'));
  const file = path.join(folder, 'sluice.html');
  await writeFile(file, redirectPage(address), { mode: 0o600, flag: 'wx' });
  const child = spawn(opener.program, [...opener.args, file], { stdio: 'ignore', detached: true });
  // No xdg-open on a bare machine: the printed address is enough.
  child.on('error', () => undefined);
  child.unref();
  return { forget: () => rm(folder, { recursive: true, force: true }) };
}
