/** The one way in which the window draws a Failure. */

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/model/failure.ts';
import { formatRoute, go, useFragment } from '../app/route.ts';
import { say } from '../texts/engine/say.ts';
import { Button } from './Button.tsx';
import { Copy } from './Copy.tsx';
import { Details } from './Details.tsx';
import styles from './FailureCard.module.css';
import { FailureKeys } from './FailureKeys.tsx';
import { ToneIcon } from './Mark.tsx';
import { keysOf, wayOutOf } from './way-out.ts';

export function FailureCard({
  failure,
  actions,
  tone = 'bad',
}: {
  readonly failure: Failure;
  readonly actions?: ReactNode;
  /** `warn` for a fault that is being mended. */
  readonly tone?: 'bad' | 'warn';
}) {
  const { t } = useTranslation();
  const ends = [
    { title: t('failure.source'), text: failure.stderr.source },
    { title: t('failure.destination'), text: failure.stderr.destination },
  ].filter(({ text }) => text.trim() !== '');
  const fragment = useFragment();
  const keys = keysOf(failure);
  const place = wayOutOf(failure);
  // Where one is already, no way leads.
  const wayOut = place === null || formatRoute(place) === fragment ? null : place;
  return (
    <section className={styles.card} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      <ToneIcon tone={tone} size={18} />
      <div className={styles.words}>
        <p className={styles.message}>{say(failure.message)}</p>
        {failure.cause !== '' && <p>{say(failure.cause)}</p>}
        {failure.next !== '' && <p className={styles.next}>{say(failure.next)}</p>}
        {keys !== null && <FailureKeys keys={keys} />}
        {ends.length > 0 && (
          <Details summary={t('failure.said')}>
            <div className={styles.ends}>
              {ends.map(({ title, text }) => (
                <figure key={title}>
                  <figcaption className={styles.end}>
                    {title}
                    <Copy text={text} what={title} />
                  </figcaption>
                  {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard. */}
                  <pre className={styles.stderr} tabIndex={0}>
                    {text}
                  </pre>
                </figure>
              ))}
            </div>
          </Details>
        )}
        <div className={styles.foot}>
          {(actions !== undefined || wayOut !== null) && (
            <div className={styles.actions}>
              {wayOut !== null && (
                <Button size="small" look="primary" onPress={() => go(wayOut)}>
                  {wayOut.page === 'host'
                    ? t('failure.openHost', { name: wayOut.host })
                    : t(wayOut.page === 'hosts' ? 'hostPage.toHosts' : 'failure.toRuns')}
                </Button>
              )}
              {actions}
            </div>
          )}
          <span className={styles.code}>{t('failure.code', { code: failure.code })}</span>
        </div>
      </div>
    </section>
  );
}
