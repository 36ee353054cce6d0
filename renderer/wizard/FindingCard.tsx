import { useTranslation } from 'react-i18next';
import type { Finding, Fix } from '../../shared/model/plan.ts';
import { TONES } from '../hosts/verdict.ts';
import { say } from '../texts/engine/say.ts';
import { Button } from '../ui/Button.tsx';
import { CommandLine } from '../ui/CommandLine.tsx';
import { classNames } from '../ui/class-names.ts';
import { ToneIcon } from '../ui/Mark.tsx';
import { ApplyFixButton } from './ApplyFixButton.tsx';
import { applyChange } from './draft.ts';
import styles from './FindingCard.module.css';
import { useWizard } from './store.ts';

export interface FindingInPlan {
  readonly finding: Finding;
  /** The plan it belongs to, and its place in it; null while a newer plan is made. */
  readonly place: { readonly plan: string; readonly finding: number } | null;
  /** A button was pressed that will be gone. */
  readonly onPress: () => void;
  /** Plans again, after something was done on a host. */
  readonly onDone: () => void;
}

/** One thing that the plan noticed, with what can be done about it; what loses data comes last. */
export function FindingCard({ finding, place, onPress, onDone }: FindingInPlan) {
  const { t } = useTranslation();
  const change = useWizard((wizard) => wizard.change);
  const fixes = finding.fixes
    .map((fix, index) => ({ fix, index }))
    .sort((a, b) => Number(a.fix.destructive) - Number(b.fix.destructive));
  return (
    <section className={classNames('surface', styles.card)} data-severity={finding.severity}>
      <ToneIcon tone={TONES[finding.severity]} size={18} />
      <div className={styles.words}>
        <h3>
          <span className={styles.severity}>{t(`checks.${finding.severity}`)}</span> {say(finding.message)}
        </h3>
        {finding.dataset !== null && !finding.message.includes(finding.dataset) && (
          <p className={styles.dataset}>{finding.dataset}</p>
        )}
        {fixes.length > 0 && (
          <ul className={styles.fixes}>
            {fixes.map(({ fix, index }, shown) => (
              <FixRow
                key={fix.label}
                fix={fix}
                isFirst={shown === 0 && finding.severity === 'blocks'}
                onChange={(changes) => {
                  onPress();
                  change((draft) => applyChange(draft, changes));
                }}
              >
                {fix.asAdmin === true && fix.command !== undefined && place !== null && (
                  <ApplyFixButton place={{ ...place, fix: index }} host={fix.command.host} onDone={onDone} />
                )}
              </FixRow>
            ))}
          </ul>
        )}
      </div>
      <span className={styles.code}>{finding.code}</span>
    </section>
  );
}

function FixRow({
  fix,
  isFirst,
  onChange,
  children,
}: {
  readonly fix: Fix;
  readonly isFirst: boolean;
  readonly onChange: (change: NonNullable<Fix['change']>) => void;
  /** Below its command. */
  readonly children: React.ReactNode;
}) {
  const { change, command } = fix;
  return (
    <li className={styles.fix}>
      {change === undefined ? (
        <strong>{say(fix.label)}</strong>
      ) : (
        <Button
          size="small"
          look={isFirst && !fix.destructive ? 'primary' : 'secondary'}
          className={fix.destructive ? styles.destructive : undefined}
          onPress={() => onChange(change)}
        >
          {say(fix.label)}
        </Button>
      )}
      <span className={styles.detail}>{say(fix.detail)}</span>
      {command !== undefined && (
        <div className={styles.command}>
          <CommandLine argv={command.argv} host={command.host} />
        </div>
      )}
      {children}
    </li>
  );
}
