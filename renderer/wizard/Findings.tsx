import { useTranslation } from 'react-i18next';
import type { Finding, Plan } from '../../shared/model/plan.ts';
import { Details } from '../ui/Details.tsx';
import { FindingCard } from './FindingCard.tsx';
import styles from './Findings.module.css';

const RANK = { blocks: 0, warns: 1, notes: 2 } as const;
/** More of them at once would hide what the plan does. */
const SHOWN = 8;

const keyOf = (finding: Finding): string => `${finding.dataset ?? ''} ${finding.code} ${finding.message}`;

/** What the plan noticed, the gravest first; of a large package the rest behind a line. */
export function Findings({
  plan,
  id,
  onPress,
  onDone,
}: {
  readonly plan: Plan;
  /** null while a newer plan is made: then nothing of this one is done any more. */
  readonly id: string | null;
  readonly onPress: () => void;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const cards = plan.findings
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => RANK[a.finding.severity] - RANK[b.finding.severity])
    .map(({ finding, index }) => (
      <FindingCard
        key={keyOf(finding)}
        finding={finding}
        place={id === null ? null : { plan: id, finding: index }}
        onPress={onPress}
        onDone={onDone}
      />
    ));
  const rest = cards.slice(SHOWN);
  return (
    <>
      {cards.slice(0, SHOWN)}
      {rest.length > 0 && (
        <Details summary={t('review.moreFindings', { count: rest.length })}>
          <div className={styles.rest}>{rest}</div>
        </Details>
      )}
    </>
  );
}
