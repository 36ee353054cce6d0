import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/model/failure.ts';
import type { PackagePreview } from '../../shared/model/package-preview.ts';
import { say } from '../texts/engine/say.ts';
import { Card } from '../ui/Card.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { formatNumber } from '../ui/format.ts';
import { Mark } from '../ui/Mark.tsx';
import table from '../ui/table.module.css';
import styles from './PackageTable.module.css';

/** The streams of a package as a first copy, so that its kind is chosen by what it holds. */
export function PackageTable({
  preview,
  failure,
}: {
  readonly preview: PackagePreview | null;
  readonly failure: Failure | null;
}) {
  const { t } = useTranslation();
  if (failure !== null) return <FailureCard failure={failure} />;
  if (preview === null) return <Reading>{t('package.reading')}</Reading>;
  const more = preview.count - preview.streams.length;
  return (
    <Card
      title={t('package.holds')}
      aside={t('package.datasets', { count: preview.datasets, shown: formatNumber(preview.datasets) })}
      isFlush
    >
      {preview.blocked !== null && (
        <p className={styles.blocked}>
          <Mark tone="warn" look="plain">
            {say(preview.blocked)}
          </Mark>
        </p>
      )}
      {preview.streams.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard.
        <section className={styles.frame} tabIndex={0} aria-label={t('package.holds')}>
          <table className={table.table}>
            <thead className={styles.head}>
              <tr>
                <th scope="col">{t('review.type')}</th>
                <th scope="col">{t('review.snapshot')}</th>
                <th scope="col">{t('review.from')}</th>
              </tr>
            </thead>
            <tbody>
              {preview.streams.map(({ type, snapshot, from }) => (
                <tr key={`${snapshot} ${from ?? ''}`}>
                  <td>{t(`review.types.${type}`)}</td>
                  <th scope="row" className={table.name}>
                    {snapshot}
                  </th>
                  <td className={table.name}>{from ?? t('ui.nothing')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {more > 0 && <p className={styles.more}>{t('package.more', { count: more, shown: formatNumber(more) })}</p>}
    </Card>
  );
}
