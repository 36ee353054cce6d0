/** The browser engine of the window, as far as its user agent tells: `Chromium 156`, `Firefox 140`. */
export function describePlatform(userAgent: string): string {
  const known = [
    ['Electron', /Electron\/(\d+)/],
    ['Firefox', /Firefox\/(\d+)/],
    ['Chromium', /Chrom(?:e|ium)\/(\d+)/],
    ['Safari', /Version\/(\d+).*Safari/],
  ] as const;
  for (const [name, pattern] of known) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return userAgent;
}
