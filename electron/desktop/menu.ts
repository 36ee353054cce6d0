/** The application's menu: what the system expects, with its own words and shortcuts. */
import type { MenuItemConstructorOptions } from 'electron';

/**
 * @param platform as process.platform
 * @param developing adds the developer tools
 */
export function menuTemplate(platform: NodeJS.Platform, developing: boolean): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  if (developing) view.push({ type: 'separator' }, { role: 'toggleDevTools' });
  return [
    platform === 'darwin' ? { role: 'appMenu' } : { role: 'fileMenu' },
    { role: 'editMenu' },
    { label: 'View', role: 'viewMenu', submenu: view },
    { role: 'windowMenu' },
  ];
}
