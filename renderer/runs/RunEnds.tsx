import { useTranslation } from 'react-i18next';
import type { ReplicationRequest } from '../../shared/model/request.ts';
import { useAppInfo } from '../connection/app-info.ts';
import { PracticeMark } from '../ui/PracticeMark.tsx';
import styles from './RunEnds.module.css';

/** From where to where, names in the monospace face. */
export function RunEnds({ request }: { readonly request: ReplicationRequest }) {
  const { t } = useTranslation();
  const { practice } = useAppInfo();
  const others = request.source.also.length;
  return (
    <span className={styles.ends}>
      <span className={styles.end}>
        <span className={styles.host}>{request.source.host}</span>
        <span className={styles.dataset}>{request.source.dataset}</span>
        {others > 0 && <span>{t('package.andOthers', { count: others })}</span>}
      </span>
      <span className={styles.arrow}>
        <span aria-hidden>→</span>
        <span className="visually-hidden"> {t('review.to')} </span>
      </span>
      <span className={styles.end}>
        <span className={styles.host}>{request.destination.host}</span>
        {/* The copies have names of their own in it. */}
        {request.destination.naming !== 'exact' && <span>{t('review.within')}</span>}
        <span className={styles.dataset}>{request.destination.dataset}</span>
      </span>
      {practice && <PracticeMark />}
    </span>
  );
}
