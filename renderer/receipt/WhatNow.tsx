import { CalendarClock, FolderSearch, GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Receipt, RunDetail } from '../../shared/model/run.ts';
import { go } from '../app/route.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { copyOf, fromRequest } from '../wizard/draft.ts';
import { LookDialog } from './LookDialog.tsx';
import { ScheduleDialog } from './ScheduleDialog.tsx';
import styles from './WhatNow.module.css';

type Open = 'look' | 'schedule' | null;

/** What a person would do next with a copy: keep it up to date, look into it, be surer of it. */
export function WhatNow({ receipt, detail }: { readonly receipt: Receipt; readonly detail: RunDetail }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>(null);
  const { request } = detail.summary;
  const { source, destination } = request;
  const copy = copyOf(fromRequest(request)) ?? destination.dataset;
  const sent = receipt.snapshots.findLast(({ name }) => name.startsWith(`${source.dataset}@`));
  const newest = sent === undefined ? null : `${copy}@${sent.name.slice(source.dataset.length + 1)}`;
  return (
    <Card title={t('receipt.now')}>
      <ul className={styles.ways}>
        <li>
          <p>{t('receipt.nowAgain', { dataset: source.dataset })}</p>
          <Button size="small" icon={<CalendarClock aria-hidden size={14} />} onPress={() => setOpen('schedule')}>
            {t('schedule.open')}
          </Button>
        </li>
        <li>
          <p>{t('receipt.nowLook', { dataset: copy, host: destination.host })}</p>
          {newest !== null && (
            <Button size="small" icon={<FolderSearch aria-hidden size={14} />} onPress={() => setOpen('look')}>
              {t('lookInside.open')}
            </Button>
          )}
        </li>
        {source.also.length === 0 && (
          <li>
            <p>{t('receipt.nowCompare')}</p>
            <Button
              size="small"
              icon={<GitCompareArrows aria-hidden size={14} />}
              onPress={() =>
                go({
                  page: 'verify',
                  ends: {
                    sourceHost: source.host,
                    source: source.dataset,
                    copyHost: destination.host,
                    copy,
                  },
                })
              }
            >
              {t('verify.open')}
            </Button>
          </li>
        )}
      </ul>
      {open === 'look' && newest !== null && (
        <LookDialog host={destination.host} snapshot={newest} onClose={() => setOpen(null)} />
      )}
      {open === 'schedule' && <ScheduleDialog request={request} onClose={() => setOpen(null)} />}
    </Card>
  );
}
