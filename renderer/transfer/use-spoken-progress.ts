import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Phase } from '../../shared/model/run.ts';
import { announce } from '../ui/announce.ts';
import { formatPercent } from '../ui/format.ts';
import { type Bar, spokenMark } from './progress-view.ts';

/** Tells screen readers and the window's title about the progress: at ten-percent marks and changes of phase only. */
export function useSpokenProgress(bar: Bar, phase: Phase): void {
  const { t } = useTranslation();
  const mark = spokenMark(bar);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    if (mark !== null && mark > 0) announce(t('transfer.spoken', { percent: formatPercent(mark / 100) }));
  }, [mark, t]);
  useEffect(() => announce(t(`transfer.phase.${phase}`)), [phase, t]);

  const title = bar.fraction === null ? null : formatPercent(bar.fraction);
  useEffect(() => {
    const before = document.title;
    if (title !== null) document.title = t('transfer.windowTitle', { percent: title });
    return () => {
      document.title = before;
    };
  }, [title, t]);
}
