import { useEffect, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Receipt } from '../../shared/model/run.ts';
import { showCommand } from '../../shared/zfs/wire.ts';
import { say } from '../texts/engine/say.ts';
import { formatBytes, formatDuration, formatMoment } from '../ui/format.ts';
import styles from './PrintedReceipt.module.css';

/** A receipt on paper: all of it, without the window round it. It is there only while the page is printed, by whatever way. */
export function PrintedReceipt({ receipt }: { readonly receipt: Receipt }) {
  return useIsPrinting() ? <Paper receipt={receipt} /> : null;
}

function useIsPrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    // What is printed is what stands there when this event is over.
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  return isPrinting;
}

function Paper({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTranslation();
  const { source, destination } = receipt;
  const facts: readonly (readonly [string, string])[] = [
    [t('receipt.run'), receipt.run],
    [t('receipt.started'), formatMoment(Date.parse(receipt.startedAt))],
    [t('receipt.finished'), formatMoment(Date.parse(receipt.finishedAt))],
    [t('receipt.time'), formatDuration(receipt.durationMs / 1000)],
    [t('receipt.bytes'), formatBytes(receipt.bytes)],
    [t('receipt.interruptions'), String(receipt.interruptions)],
  ];
  return createPortal(
    <article className={styles.paper}>
      <h1>{t(receipt.proved ? 'receipt.title' : 'receipt.titleUnproved')}</h1>
      <p>
        {t('receipt.ends', {
          source: `${source.host}:${source.dataset}`,
          sourceZfs: source.zfs,
          destination: `${destination.host}:${destination.dataset}`,
          destinationZfs: destination.zfs,
        })}
      </p>
      <table>
        <tbody>
          {facts.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{t('receipt.checks')}</h2>
      <ul>
        {receipt.checks.map(({ code, holds, sentence }) => (
          <li key={`${code} ${sentence}`}>
            {t(holds ? 'receipt.holds' : 'receipt.fails')}: {say(sentence)}
          </li>
        ))}
      </ul>
      <h2>{t('receipt.guids')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('receipt.guids')}</th>
            <th scope="col">{t('receipt.guidAt', { host: source.host })}</th>
            <th scope="col">{t('receipt.guidAt', { host: destination.host })}</th>
            <th scope="col">{t('receipt.equal')}</th>
          </tr>
        </thead>
        <tbody>
          {receipt.snapshots.map((one) => (
            <tr key={one.name}>
              <td>{one.name}</td>
              <td>{one.sourceGuid ?? t('receipt.missing')}</td>
              <td>{one.destinationGuid ?? t('receipt.missing')}</td>
              <td>{t(one.equal ? 'receipt.same' : 'receipt.different')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {receipt.remarks.length > 0 && <h2>{t('receipt.remarks')}</h2>}
      {receipt.remarks.map(({ host, text }) => (
        <p key={`${host} ${text}`}>
          {host}: {text}
        </p>
      ))}
      <h2>{t('receipt.commands')}</h2>
      <ol>
        {receipt.commands.map(({ host, argv }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what ran stays as it ran, and may have run twice.
          <li key={at}>
            {host}: <code>{showCommand(argv)}</code>
          </li>
        ))}
      </ol>
    </article>,
    document.body,
  );
}
