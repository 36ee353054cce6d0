import { useTranslation } from 'react-i18next';
import type { Finding, Member, Plan } from '../../shared/model/plan.ts';
import { Card } from '../ui/Card.tsx';
import { formatBytes, formatNumber } from '../ui/format.ts';
import { Mark, type Tone } from '../ui/Mark.tsx';
import { Name } from '../ui/Name.tsx';
import { VirtualRows } from '../ui/VirtualRows.tsx';
import styles from './MembersTable.module.css';

const TONES = {
  new: 'note',
  update: 'note',
  resume: 'paused',
  'up-to-date': 'good',
  blocked: 'bad',
} as const satisfies Record<Member['state'], Tone>;
const STATES = ['new', 'update', 'resume', 'up-to-date', 'blocked'] as const;
const RANK = ['notes', 'warns', 'blocks'] as const;

/** The worst of what was noticed about a dataset. */
function worstOf(findings: readonly Finding[], dataset: string): Finding['severity'] | null {
  const own = findings.filter((finding) => finding.dataset === dataset).map(({ severity }) => RANK.indexOf(severity));
  return own.length === 0 ? null : (RANK[Math.max(...own)] ?? null);
}

/** The datasets of a package, in the order in which they are sent, and what becomes of each. */
export function MembersTable({
  plan,
  selected,
  onSelect,
}: {
  readonly plan: Plan;
  /** The dataset whose streams are shown below; null: all. */
  readonly selected: string | null;
  readonly onSelect: (source: string | null) => void;
}) {
  const { t } = useTranslation();
  const { members, findings } = plan;
  const counts = STATES.map((state) => ({ state, count: members.filter((member) => member.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => t(`package.stateCount.${state}`, { count }))
    .join(', ');
  return (
    <Card
      title={t('package.members')}
      aside={t('package.memberCount', { count: members.length, shown: counts })}
      isFlush
    >
      <VirtualRows
        label={t('package.members')}
        items={members}
        keyOf={keyOf}
        wordsOf={(member) => `${member.source}, ${member.copy}, ${t(`package.stateSentence.${member.state}`)}`}
        columns={styles.columns}
        header={
          <>
            <span>{t('package.source')}</span>
            <span>{t('package.copy')}</span>
            <span>{t('package.state')}</span>
            <span className={styles.number}>{t('package.size')}</span>
          </>
        }
        row={(member) => {
          const worst = worstOf(findings, member.source);
          return (
            <>
              <span className={styles.name}>
                <Name>{member.source}</Name>
              </span>
              <span className={styles.name}>
                <Name>{member.copy}</Name>
              </span>
              <span className={styles.state}>
                <Mark tone={TONES[member.state]} look="plain">
                  {t(`package.stateSentence.${member.state}`)}
                </Mark>
                {worst !== null && worst !== 'notes' && (
                  <Mark tone={worst === 'blocks' ? 'bad' : 'warn'}>{t(`checks.${worst}`)}</Mark>
                )}
              </span>
              <span className={styles.number}>
                {member.bytes === null ? t('ui.unknown') : formatBytes(member.bytes)}
              </span>
            </>
          );
        }}
        selected={selected}
        onSelect={({ source }) => onSelect(source === selected ? null : source)}
        empty={formatNumber(0)}
        rows={8}
      />
    </Card>
  );
}

const keyOf = ({ source }: Member): string => source;
