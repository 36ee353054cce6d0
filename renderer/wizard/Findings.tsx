import { useTranslation } from 'react-i18next';
import type { Finding } from '../../shared/model/plan.ts';
import { Details } from '../ui/Details.tsx';
import { FindingCard } from './FindingCard.tsx';
import styles from './Findings.module.css';

const RANK = { blocks: 0, warns: 1, notes: 2 } as const;
/** More of them at once would hide what the plan does. */
const SHOWN = 8;

const keyOf = (finding: Finding): string => `${finding.dataset ?? ''} ${finding.code} ${finding.message}`;

/** What the plan noticed, the gravest first; of a large package the rest behind a line. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const { t } = useTranslation();
  const sorted = [...findings].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
  const rest = sorted.slice(SHOWN);
  return (
    <>
      {sorted.slice(0, SHOWN).map((finding) => (
        <FindingCard key={keyOf(finding)} finding={finding} />
      ))}
      {rest.length > 0 && (
        <Details summary={t('review.moreFindings', { count: rest.length })}>
          <div className={styles.rest}>
            {rest.map((finding) => (
              <FindingCard key={keyOf(finding)} finding={finding} />
            ))}
          </div>
        </Details>
      )}
    </>
  );
}
