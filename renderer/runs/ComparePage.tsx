import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../shared/model/run.ts';
import { formatRoute } from '../app/route.ts';
import { Card } from '../ui/Card.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { formatBytes, formatDuration, formatMoment, formatNumber, formatRate } from '../ui/format.ts';
import { Mark } from '../ui/Mark.tsx';
import { Page } from '../ui/Page.tsx';
import table from '../ui/table.module.css';
import { onlyIn } from './compare.ts';
import { STATUS_TONES } from './status.ts';
import { useRun } from './use-run.ts';

/** More names than this say no more. */
const NAMES = 12;

/** Two runs side by side; what differs is said in a word. */
export function ComparePage({ first, second }: { readonly first: string; readonly second: string }) {
  const { t } = useTranslation();
  const views = [useRun(first), useRun(second)];
  const [one, other] = views.map((view) => view?.detail ?? null);
  return (
    <Page title={t('history.compare')}>
      {views.map((view) => view?.failure != null && <FailureCard key={view.failure.message} failure={view.failure} />)}
      {one == null || other == null ? (
        views.every((view) => view?.failure == null) && <Reading>{t('ui.reading')}</Reading>
      ) : (
        <Comparison one={one} other={other} />
      )}
    </Page>
  );
}

function Comparison({ one, other }: { readonly one: RunDetail; readonly other: RunDetail }) {
  const { t } = useTranslation();
  const took = ({ summary }: RunDetail) =>
    summary.finishedAt === null
      ? null
      : formatDuration((Date.parse(summary.finishedAt) - Date.parse(summary.startedAt)) / 1000);
  const names = (list: readonly string[]) =>
    list.length === 0
      ? t('history.none')
      : list.slice(0, NAMES).join('\n') +
        (list.length > NAMES ? `\n${t('losses.more', { count: list.length - NAMES })}` : '');
  /** @param tell null: the run does not */
  const row = (title: string, tell: (run: RunDetail) => string | null) => ({
    title,
    cells: [tell(one), tell(other)] as const,
  });
  const rows = [
    row(t('runs.status'), ({ summary }) => t(`runs.states.${summary.status}`)),
    row(t('lineage.source'), ({ summary: { request } }) => `${request.source.host} ${request.source.dataset}`),
    row(
      t('lineage.destination'),
      ({ summary: { request } }) => `${request.destination.host} ${request.destination.dataset}`,
    ),
    row(t('history.package'), ({ summary }) => t(`package.kinds.${summary.request.package}.name`)),
    row(t('history.snapshot'), ({ summary }) => summary.request.source.snapshot ?? t('history.newest')),
    row(t('runs.started'), ({ summary }) => formatMoment(Date.parse(summary.startedAt))),
    row(t('runs.took'), took),
    row(t('runs.bytes'), ({ summary }) => (summary.bytes === null ? null : formatBytes(summary.bytes))),
    row(t('history.mean'), ({ receipt }) =>
      receipt === null || receipt.meanBytesPerSecond === 0 ? null : formatRate(receipt.meanBytesPerSecond),
    ),
    row(t('history.streams'), ({ plan }) => formatNumber(plan.streams.length)),
    row(t('receipt.interruptions'), ({ receipt }) => (receipt === null ? null : formatNumber(receipt.interruptions))),
    row(t('history.proved'), ({ receipt }) => t(receipt?.proved === true ? 'ui.yes' : 'ui.no')),
    { title: t('history.onlyIn'), cells: [names(onlyIn(one, other)), names(onlyIn(other, one))] as const },
  ];
  // What one of them does not tell is not known to be another.
  const differ = ([a, b]: readonly [string | null, string | null]): boolean => a !== null && b !== null && a !== b;
  return (
    <Card isFlush>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('history.what')}</th>
            {[one, other].map((run, index) => (
              <th key={run.summary.run} scope="col">
                <a href={formatRoute({ page: 'run', run: run.summary.run })}>
                  {t(index === 0 ? 'history.first' : 'history.second')}
                </a>{' '}
                <Mark tone={STATUS_TONES[run.summary.status]} look="plain">
                  {t(`runs.states.${run.summary.status}`)}
                </Mark>
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t('history.differs')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ title, cells }) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td className={table.lines}>{cells[0] ?? t('ui.nothing')}</td>
              <td className={table.lines}>{cells[1] ?? t('ui.nothing')}</td>
              <td>{differ(cells) && <Mark tone="note">{t('history.differs')}</Mark>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
