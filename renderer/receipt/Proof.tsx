import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Receipt } from '../../shared/model/run.ts';
import { Facts } from '../ui/Facts.tsx';
import { formatBytes, formatDuration, formatMoment, formatNumber, formatRate } from '../ui/format.ts';
import styles from './Proof.module.css';

/** The proof in one sentence, and the run in figures. */
export function Proof({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTranslation();
  const equal = receipt.snapshots.filter((snapshot) => snapshot.equal).length;
  const Icon = receipt.proved ? ShieldCheck : ShieldAlert;
  const sentence = receipt.proved
    ? receipt.snapshots.length === 0
      ? t('receipt.provedNothingSent')
      : t('receipt.proved', { count: equal })
    : t('receipt.unproved');
  const facts: [string, string][] = [
    [t('receipt.bytes'), formatBytes(receipt.bytes)],
    [t('receipt.time'), formatDuration(receipt.durationMs / 1000)],
    [t('transfer.mean'), receipt.meanBytesPerSecond === 0 ? t('ui.nothing') : formatRate(receipt.meanBytesPerSecond)],
    [t('receipt.interruptions'), formatNumber(receipt.interruptions)],
    [t('receipt.finished'), formatMoment(Date.parse(receipt.finishedAt))],
  ];
  return (
    <section className={styles.proof} data-proved={receipt.proved}>
      <div className={styles.head}>
        <Icon aria-hidden size={30} strokeWidth={1.75} />
        <div>
          <h2>{sentence}</h2>
          <p className={styles.soft}>
            {t('receipt.ends', {
              source: receipt.source.host,
              sourceZfs: receipt.source.zfs,
              destination: receipt.destination.host,
              destinationZfs: receipt.destination.zfs,
            })}
          </p>
        </div>
      </div>
      <Facts facts={facts} className={styles.facts} />
    </section>
  );
}
