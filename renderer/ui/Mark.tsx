/** A state as icon + word + hue, never hue alone. */
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  Info,
  LoaderCircle,
  type LucideIcon,
  OctagonX,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './Mark.module.css';

export type Tone = 'running' | 'good' | 'note' | 'warn' | 'bad' | 'paused' | 'stopped' | 'waiting';

const ICONS: Record<Tone, LucideIcon> = {
  running: LoaderCircle,
  good: CircleCheck,
  note: Info,
  warn: CircleAlert,
  bad: OctagonX,
  paused: CirclePause,
  stopped: Ban,
  waiting: CircleDashed,
};

/** The icon alone, for rows whose word stands elsewhere. */
export function ToneIcon({ tone, size = 16 }: { readonly tone: Tone; readonly size?: number }) {
  const Icon = ICONS[tone];
  return (
    <Icon
      aria-hidden
      size={size}
      strokeWidth={2}
      className={classNames(styles.icon, styles[tone], tone === 'running' && styles.turning)}
    />
  );
}

/** @param look `pill` stands on its own; `plain` goes with text around it */
export function Mark({
  tone,
  children,
  look = 'pill',
}: {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly look?: 'pill' | 'plain';
}) {
  return (
    <span className={classNames(styles.mark, styles[tone], look === 'pill' && styles.pill)}>
      <ToneIcon tone={tone} size={14} />
      <span className={styles.word}>{children}</span>
    </span>
  );
}
