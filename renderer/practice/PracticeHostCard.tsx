import { FolderTree } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import {
  type Breakage,
  type PracticeDialect,
  PracticeDialectSchema,
  PracticeNameSchema,
  type PracticeState,
} from '../../shared/model/practice.ts';
import { formatRoute } from '../app/route.ts';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { forgetCheck } from '../hosts/checks.ts';
import { announce } from '../ui/announce.ts';
import { classNames } from '../ui/class-names.ts';
import { FailureCard } from '../ui/FailureCard.tsx';
import { PracticeMark } from '../ui/PracticeMark.tsx';
import { Select } from '../ui/Select.tsx';
import { BreakMenu } from './BreakMenu.tsx';
import { BrokenList } from './BrokenList.tsx';
import styles from './PracticeHostCard.module.css';

const DIALECT_KEYS = {
  'openzfs-2.3': 'openzfs23',
  'openzfs-0.8': 'openzfs08',
  illumos: 'illumos',
  'solaris-11.4': 'solaris114',
  legacy: 'legacy',
} as const satisfies Record<PracticeDialect, string>;

const breakOn = (host: string, what: Breakage) => sluice.practice.break({ host, what });
const speak = async (host: string, dialect: PracticeDialect): Promise<true> => {
  await sluice.practice.setDialect({ host, dialect });
  return true;
};

/** A practice host: what it is, which ZFS it pretends to have, and what is broken there. */
export function PracticeHostCard({
  state,
  onChanged,
}: {
  readonly state: PracticeState;
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation();
  const { host } = state;
  const breaking = useAction(breakOn);
  const speaking = useAction(speak);
  const name = PracticeNameSchema.safeParse(host);
  const act = async (what: Breakage) => {
    if ((await breaking.run(host, what)) === null) return;
    // What a check found before is true no more.
    forgetCheck(host);
    announce(t('practice.brokenOn', { host }));
    onChanged();
  };
  const choose = async (dialect: PracticeDialect) => {
    if ((await speaking.run(host, dialect)) === null) return;
    forgetCheck(host);
    onChanged();
  };
  const failure = breaking.failure ?? speaking.failure;
  return (
    <li className={classNames('surface', styles.card)}>
      <div className={styles.head}>
        <h3 className={styles.name}>
          {host}
          <PracticeMark />
        </h3>
        <a href={formatRoute({ page: 'explore', host, dataset: null })} className={styles.link}>
          <FolderTree aria-hidden size={14} />
          {t('rail.explore')}
        </a>
      </div>
      {name.success && <p className={styles.soft}>{t(`practice.about.${name.data}`)}</p>}
      <div className={styles.actions}>
        <Select
          label={t('practice.zfsOf', { host })}
          choices={PracticeDialectSchema.options.map((dialect) => ({
            id: dialect,
            label: t(`practice.dialects.${DIALECT_KEYS[dialect]}`),
            detail: t('practice.simulated'),
          }))}
          value={state.dialect}
          onChange={(dialect) => void choose(dialect)}
        />
        <BreakMenu host={host} isDisabled={breaking.busy} onBreak={(what) => void act(what)} />
      </div>
      {failure !== null && <FailureCard failure={failure} />}
      {state.broken.length > 0 && <BrokenList host={host} broken={state.broken} />}
    </li>
  );
}
