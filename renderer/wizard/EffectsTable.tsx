import { Minus, Pencil, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Loss, Plan } from '../../shared/model/plan.ts';
import { say } from '../texts/engine/say.ts';
import { Card } from '../ui/Card.tsx';
import { Details } from '../ui/Details.tsx';
import { formatBytes } from '../ui/format.ts';
import styles from './EffectsTable.module.css';
import { type Deed, effectsOf } from './effects.ts';

/** Of a package the rest behind a line: what is deleted must be in sight. */
const SHOWN = 6;
/** Datasets that a line names; the rest is counted. */
const NAMED = 4;

/** Per host: created, changed, deleted. The last row is always there, so that its silence means something. */
export function EffectsTable({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation();
  return (
    <Card title={t('review.effects')} isFlush>
      <table className={styles.table}>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('review.host')}</th>
            <th scope="col">{t('review.kind')}</th>
            <th scope="col">{t('review.what')}</th>
          </tr>
        </thead>
        {effectsOf(plan).map(({ host, creates, changes, deletes }) => (
          <tbody key={host}>
            <Row host={host} icon={<Plus aria-hidden size={15} />} kind={t('review.creates')} tone="creates">
              <Lines lines={creates} none={t('review.nothingCreated')} />
            </Row>
            <Row icon={<Pencil aria-hidden size={14} />} kind={t('review.changes')} tone="changes">
              <Lines lines={changes} none={t('review.nothingChanged')} />
            </Row>
            <Row
              icon={<Minus aria-hidden size={15} />}
              kind={t('review.deletes')}
              tone={deletes.length > 0 ? 'deletes' : 'quiet'}
            >
              {deletes.length === 0 ? (
                <span className={styles.none}>{t('review.nothingDeleted', { host })}</span>
              ) : (
                <LossList losses={deletes} />
              )}
            </Row>
          </tbody>
        ))}
      </table>
    </Card>
  );
}

function Row({
  host,
  icon,
  kind,
  tone,
  children,
}: {
  readonly host?: string;
  readonly icon: ReactNode;
  readonly kind: string;
  readonly tone: string;
  readonly children: ReactNode;
}) {
  return (
    <tr data-tone={tone}>
      {host !== undefined && (
        <th scope="rowgroup" rowSpan={3} className={styles.host}>
          {host}
        </th>
      )}
      <th scope="row" className={styles.kind}>
        <span>
          {icon}
          {kind}
        </span>
      </th>
      <td>{children}</td>
    </tr>
  );
}

function Lines({ lines, none }: { readonly lines: readonly Deed[]; readonly none: string }) {
  const { t } = useTranslation();
  if (lines.length === 0) return <span className={styles.none}>{none}</span>;
  const rest = lines.slice(SHOWN);
  return (
    <>
      <List lines={lines.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <Details summary={t('losses.more', { count: rest.length })}>
          <List lines={rest} />
        </Details>
      )}
    </>
  );
}

function List({ lines }: { readonly lines: readonly Deed[] }) {
  return (
    <ul>
      {lines.map(({ title, datasets }) => (
        <li key={title}>
          {say(title)}
          {datasets.length > 0 && <DatasetNames names={datasets} />}
        </li>
      ))}
    </ul>
  );
}

/** Of many the first ones, and how many more. */
function DatasetNames({ names }: { readonly names: readonly string[] }) {
  const { t } = useTranslation();
  const rest = names.length - NAMED;
  return (
    <span className={styles.none}>
      {': '}
      <span className="mono">{names.slice(0, NAMED).join(', ')}</span>
      {rest > 0 && `, ${t('losses.more', { count: rest })}`}
    </span>
  );
}

/** Each thing that would be lost, with its size. */
export function LossList({ losses }: { readonly losses: readonly Loss[] }) {
  const { t } = useTranslation();
  return (
    <ul>
      {losses.map((loss) => (
        <li key={`${loss.what} ${loss.name}`} className={styles.loss}>
          <span>{t(`review.loss.${loss.what}`)}</span> <span className="mono">{loss.name}</span>{' '}
          <span className={styles.none}>{loss.bytes === null ? '' : formatBytes(loss.bytes)}</span>
        </li>
      ))}
    </ul>
  );
}
