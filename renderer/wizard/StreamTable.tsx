import { useTranslation } from 'react-i18next';
import type { Plan } from '../../shared/model/plan.ts';
import { Card } from '../ui/Card.tsx';
import { formatBytes } from '../ui/format.ts';
import table from '../ui/table.module.css';

/** What is really in the streams, in their order. */
export function StreamTable({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation();
  return (
    <Card title={t('review.streams')} aside={t('review.streamCount', { count: plan.streams.length })} isFlush>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('review.type')}</th>
            <th scope="col">{t('review.snapshot')}</th>
            <th scope="col">{t('review.from')}</th>
            <th scope="col" className={table.number}>
              {t('review.size')}
            </th>
          </tr>
        </thead>
        <tbody>
          {plan.streams.map((stream) => (
            <tr key={stream.guid}>
              <td>{t(`review.types.${stream.type}`)}</td>
              <th scope="row" className={table.name}>
                {stream.snapshot}
              </th>
              <td className={table.name}>{stream.from ?? t('ui.nothing')}</td>
              <td className={table.number}>
                {stream.bytes === null ? t('ui.unknown') : formatBytes(stream.bytes)}
                {stream.alreadyReceived > 0 && (
                  <span className={table.soft}>
                    {' '}
                    {t('review.already', { bytes: formatBytes(stream.alreadyReceived) })}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
