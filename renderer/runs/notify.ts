/** Tells of an ended run by the system's own notification, if the person wishes it and is looking elsewhere. */
import type { RunDetail } from '../../shared/model/run.ts';
import { formatRoute } from '../app/route.ts';
import { useSettings } from '../settings/settings.ts';
import { t } from '../texts/texts.ts';

export function notifyOfEnd({ summary }: RunDetail): void {
  const isWanted = useSettings.getState().settings.notifications;
  if (!isWanted || !document.hidden || Notification.permission !== 'granted') return;
  const { source, destination } = summary.request;
  const shown = new Notification(t(`runs.notice.${summary.status}`), {
    body: `${source.host} ${source.dataset} → ${destination.host} ${destination.dataset}`,
    tag: summary.run,
  });
  shown.onclick = () => {
    window.focus();
    location.hash = formatRoute({ page: 'run', run: summary.run });
  };
}
